// Requests and replies of the mini-program's own calls.
import { z } from 'zod';
import { text } from '../schemas.ts';

const instant = () => z.string().meta({ format: 'date-time', description: 'RFC 3339 instant with zone' });
const code = () =>
  text(128).meta({ description: 'What wx.login gave: good once, for five minutes', example: '0a3Xyz…' });

export const JoinWechat = z
  .strictObject({
    token: text(64).meta({ description: 'What the QR says after /s/', example: '4T8K2M…' }),
    code: code(),
  })
  .meta({ id: 'JoinWechat' });
export const RestoreWechat = z.strictObject({ code: code() }).meta({ id: 'RestoreWechat' });

export const WechatKey = z
  .strictObject({
    phone: z.string().meta({ example: 'phn_0f3kq…' }),
    tenant: z.strictObject({ id: z.string(), name: z.string() }),
    account: z.string(),
    key: z.string().meta({ description: 'The secret of codes and signatures: 32 bytes, base64url. Shown this once' }),
    code: z.strictObject({ digits: z.int(), periodSeconds: z.int() }),
    reminder: z.string().nullable().meta({ description: 'The template to ask wx.requestSubscribeMessage for' }),
    serverTime: instant(),
  })
  .meta({ id: 'WechatKey' });
export const WechatKeys = z.strictObject({ items: z.array(WechatKey) }).meta({ id: 'WechatKeys' });

export const BindingState = z
  .strictObject({ status: z.enum(['pending', 'bound', 'superseded', 'expired']) })
  .meta({ id: 'BindingState' });
