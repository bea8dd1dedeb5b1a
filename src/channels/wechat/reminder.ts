// The subscribe message that tells a person in WeChat that somebody asks: the template an operator registered there, filled with who asks and when. It holds
// no number and no code. WeChat sends it only while the person has allowed one (43101 otherwise).
import type { Channel } from '../channel.ts';
import { callWechat, type WechatApp } from './api.ts';
import { accessToken, type TokenStore } from './token.ts';

export interface Reminder {
  readonly template: string;
  /** The fields of the template: which of them say who asks and when, as they are named there (`thing1`, `time2`). */
  readonly fields: { readonly who: string; readonly at: string };
  readonly page: string;
  readonly state: 'formal' | 'trial' | 'developer';
}

/** 40001, 40014, 42001: the token is worthless. -1, 45009, 45011: not now. Anything else is final, 43101 (not allowed) among them. */
const STALE: readonly number[] = [40001, 40014, 42001];
const PASSING: readonly number[] = [-1, 45009, 45011];

/** Sends through WeChat. `openidOf` tells whom a phone's id means. */
export function wechatReminder(
  app: WechatApp,
  reminder: Reminder,
  tokens: TokenStore,
  openidOf: (phoneId: string) => Promise<string | undefined>,
): Channel {
  return async (message) => {
    if (message.channel !== 'wechat') return { kind: 'failed', error: 'this channel reminds in WeChat only' };
    const touser = await openidOf(message.to);
    if (touser === undefined) return { kind: 'failed', error: 'the mini-program is no longer bound' };
    const access = await accessToken(app, tokens);
    if (access === undefined) return { kind: 'retry', error: 'WeChat gave no access token' };
    const { text, at, lang } = message;
    const answer = await callWechat(
      app,
      '/cgi-bin/message/subscribe/send',
      { access_token: access.token },
      {
        touser,
        template_id: reminder.template,
        page: reminder.page,
        miniprogram_state: reminder.state,
        lang,
        // A `thing` takes twenty characters (47003 beyond).
        data: {
          [reminder.fields.who]: { value: Array.from(text).slice(0, 20).join('') },
          [reminder.fields.at]: { value: at },
        },
      },
    );
    if (answer.kind === 'ok') return { kind: 'sent' };
    if (answer.kind === 'fault') return { kind: 'retry', error: answer.error };
    if (STALE.includes(answer.errcode)) await tokens.forget(app.appId, access.expiresAt);
    const isPassing = STALE.includes(answer.errcode) || PASSING.includes(answer.errcode);
    return { kind: isPassing ? 'retry' : 'failed', error: `WeChat answered ${answer.errcode}` };
  };
}
