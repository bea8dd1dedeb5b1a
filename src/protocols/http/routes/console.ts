// What operators do, and the rollout.

import { unlock } from '../../../flows/operate.ts';
import { getRollout, switchPhase } from '../../../flows/rollout/switch-phase.ts';
import { operatorUnbind } from '../../../flows/unbind.ts';
import type { Handlers } from '../handler.ts';
import { ok, rolloutBody } from '../replies.ts';

export const console: Handlers<'operatorUnbind' | 'operatorUnlock' | 'getRollout' | 'switchPhase'> = {
  async operatorUnbind(ports, { caller, params, body }) {
    const done = await operatorUnbind(ports, caller, { account: params.account, ...body });
    return done.kind === 'refused' ? done : ok({ removed: [...done.removed] });
  },
  async operatorUnlock(ports, { caller, params, body }) {
    const done = await unlock(ports, caller, { account: params.account, ...body });
    return done.kind === 'refused' ? done : ok({ unlocked: [...done.unlocked] });
  },
  async getRollout(ports, { caller }) {
    return ok(rolloutBody(await getRollout(ports, caller)));
  },
  async switchPhase(ports, { caller, body }) {
    const done = await switchPhase(ports, caller, body);
    return done.kind === 'refused' ? done : ok(rolloutBody(done));
  },
};
