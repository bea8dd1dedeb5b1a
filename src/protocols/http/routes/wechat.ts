// The mini-program's own calls.

import type { ReplyOf } from '../../../contract/endpoints.ts';
import { refuse } from '../../../core/outcome.ts';
import { bindingState } from '../../../flows/binding-state.ts';
import { allowReminder } from '../../../flows/wechat/allow-reminder.ts';
import type { WechatGiven } from '../../../flows/wechat/given.ts';
import { joinWechat } from '../../../flows/wechat/join.ts';
import { restoreWechat } from '../../../flows/wechat/restore.ts';
import type { Handlers } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';

const keyBody = ({ phone, tenant, account, key, code, reminder, serverTime }: WechatGiven): ReplyOf<'joinWechat'> => ({
  phone,
  tenant: { ...tenant },
  account,
  key,
  code: { digits: code.digits, periodSeconds: code.periodSeconds },
  reminder,
  serverTime: instant(serverTime),
});

export const wechat: Handlers<'joinWechat' | 'restoreWechat' | 'allowReminder' | 'getMyBinding'> = {
  async joinWechat(ports, { body, from }) {
    const joined = await joinWechat(ports, body, from.ip);
    return joined.kind === 'refused' ? joined : ok(keyBody(joined), 201);
  },
  async restoreWechat(ports, { body, from }) {
    const restored = await restoreWechat(ports, body, from.ip);
    return restored.kind === 'refused' ? restored : ok({ items: restored.items.map(keyBody) });
  },
  async allowReminder(ports, { phone }) {
    if (phone === undefined) return refuse('phone-revoked');
    const done = await allowReminder(ports, phone);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async getMyBinding(ports, { caller, person, params }) {
    const state = await bindingState(ports, caller, { account: person.account.account, binding: params.binding });
    return state.kind === 'refused' ? state : ok({ status: state.status });
  },
};
