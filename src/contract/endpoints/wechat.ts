// The calls of the mini-program in WeChat, one row each. Joining and restoring rest on what WeChat says of a `wx.login` code; the rest of its calls are those
// of every phone, signed by HMAC-SHA-256.
import { z } from 'zod';
import { Empty } from '../schemas/portal.ts';
import * as w from '../schemas/wechat.ts';
import { type Endpoint, id } from './endpoint.ts';

const known = ['wechat-off', 'wechat-login-failed', 'wechat-refused', 'wechat-busy', 'throttled'] as const;

export const WECHAT = {
  joinWechat: {
    method: 'POST',
    path: '/v1/app/wechat:join',
    tag: 'App',
    scope: null,
    summary: 'A mini-program scanned the QR of a binding; complete with its first code',
    body: w.JoinWechat,
    replies: { 201: w.WechatKey },
    shownOnce: true,
    problems: [
      ...known,
      'ticket-unknown',
      'ticket-expired',
      'ticket-used-up',
      'ticket-elsewhere',
      'superseded',
      'account-suspended',
    ],
  },
  restoreWechat: {
    method: 'POST',
    path: '/v1/app/wechat:restore',
    tag: 'App',
    scope: null,
    summary: 'A mini-program lost its storage: fresh secrets for what its WeChat account is bound to',
    body: w.RestoreWechat,
    replies: { 200: w.WechatKeys },
    shownOnce: true,
    problems: known,
  },
  allowReminder: {
    method: 'POST',
    path: '/v1/app/wechat:remind',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'Its owner allowed one more reminder in WeChat',
    body: Empty,
    replies: { 204: null },
    problems: ['not-found', 'signature-invalid', 'clock-off', 'phone-revoked', 'account-suspended'],
  },
  getMyBinding: {
    method: 'GET',
    path: '/v1/me/bindings/{binding}',
    tag: 'Me',
    who: 'person',
    scope: null,
    summary: 'How a binding stands that a phone completes',
    params: z.strictObject({ binding: id() }),
    replies: { 200: w.BindingState },
    problems: ['not-found'],
  },
} as const satisfies Record<string, Endpoint>;
