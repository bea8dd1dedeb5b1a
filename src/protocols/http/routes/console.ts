// What operators do, and the rollout.
import { act } from '../../../flows/operator/act.ts';
import { askSecond } from '../../../flows/operator/for-tenant.ts';
import { cannotSwitch, getRollout, switchPhase } from '../../../flows/rollout/switch-phase.ts';
import type { Handlers } from '../handler.ts';
import { ok, rolloutBody } from '../replies.ts';
import { answerOf } from './desk-body.ts';

export const console: Handlers<'operatorUnbind' | 'operatorUnlock' | 'getRollout' | 'switchPhase'> = {
  async operatorUnbind(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'unbind', { ...body, account: params.account }, from.ip);
    return answerOf(done, ({ removed }) => ok({ removed: [...removed] }));
  },
  async operatorUnlock(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'unlock', { ...body, account: params.account }, from.ip);
    return answerOf(done, ({ unlocked }) => ok({ unlocked: [...unlocked] }));
  },
  async getRollout(ports, { caller }) {
    return ok(rolloutBody(await getRollout(ports, caller)));
  },
  async switchPhase(ports, { caller, body, from }) {
    const no = await cannotSwitch(ports, caller, body);
    if (no !== null) return no;
    const asked = { input: { ...body }, reason: body.reason ?? `phase ${body.phase}`, ip: from.ip };
    const second = await askSecond(ports, caller, 'switch-phase', asked);
    return answerOf(second ?? (await switchPhase(ports, caller, body)), (done) => ok(rolloutBody(done)));
  },
};
