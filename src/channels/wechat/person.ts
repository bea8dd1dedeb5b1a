// code2session: whose mini-program a code of `wx.login` came from. A code is good once, for five minutes; WeChat itself sees to that.
import type { WechatDoor } from '../../core/wechat/wechat.ts';
import { callWechat, type WechatApp } from './api.ts';

/** -1: busy. 45011: over 100 a minute for one person. */
const PASSING: readonly number[] = [-1, 45011];
/** 40029: no such code. 40163: it was used. */
const WRONG: readonly number[] = [40029, 40163];

/** Asks WeChat; everything that is neither a wrong code nor passing (40226: WeChat blocks the person) is a refusal. */
export function personFrom(app: WechatApp): WechatDoor['personOf'] {
  return async (code) => {
    const answer = await callWechat(app, '/sns/jscode2session', {
      appid: app.appId,
      secret: app.appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    });
    if (answer.kind === 'fault') return { kind: 'busy' };
    if (answer.kind === 'error')
      return { kind: WRONG.includes(answer.errcode) ? 'wrong' : PASSING.includes(answer.errcode) ? 'busy' : 'refused' };
    const { openid } = answer.body;
    if (typeof openid !== 'string' || openid === '') return { kind: 'busy' };
    return { kind: 'person', appId: app.appId, openid };
  };
}
