// What operators do, and the rollout.
import { act } from '../../../flows/operator/act.ts';
import { getRollout, switchPhaseOrAsk } from '../../../flows/rollout/switch-phase.ts';
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
    return answerOf(await switchPhaseOrAsk(ports, caller, body, from.ip), (done) => ok(rolloutBody(done)));
  },
};
