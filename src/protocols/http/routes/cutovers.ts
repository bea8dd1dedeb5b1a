// Cut-overs.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { Caller } from '../../../core/ports.ts';
import {
  areStages,
  failureShare,
  isOpen,
  percentOf,
  rollBackUntil,
  type Tally,
} from '../../../core/rollout/cutover.ts';
import { checkCutover } from '../../../flows/rollout/check-cutover.ts';
import { startCutover, stepCutover } from '../../../flows/rollout/cutovers.ts';
import { type CutoverView, failingAccounts, listCutovers, viewCutover } from '../../../flows/rollout/see-cutovers.ts';
import type { Handlers } from '../handler.ts';
import { instant, invalid, ok } from '../replies.ts';
import { answerOf, isMine } from './desk-body.ts';

const when = (ms: number | null): string | null => (ms === null || !Number.isFinite(ms) ? null : instant(ms));

function bodyOf(
  { cutover, tally, askedUntil }: Omit<CutoverView, 'kind' | 'rollBackUntil'>,
  caller: Caller,
  now: number,
): ReplyOf<'getCutover'> {
  const until = rollBackUntil(cutover);
  return {
    id: cutover.id,
    cohort: cutover.cohort,
    phase: cutover.phase,
    status: cutover.status,
    pausedWhy: cutover.pausedWhy,
    stages: [...cutover.stages],
    stage: cutover.stage,
    percent: percentOf(cutover),
    threshold: cutover.threshold,
    least: cutover.least,
    stageMinutes: cutover.stageMinutes,
    goesOn: cutover.goesOn,
    overridden: cutover.isOverridden,
    reason: cutover.reason,
    actor: cutover.actor,
    isMine: isMine(cutover.requester, caller),
    askedUntil: when(askedUntil),
    approvedBy: cutover.approvedBy,
    startedAt: instant(cutover.startedAt),
    stageAt: instant(cutover.stageAt),
    endedAt: when(cutover.endedAt),
    rollBackUntil: isOpen(cutover) ? null : when(until),
    canRollBack: until !== null && now <= until,
    revision: cutover.revision,
    tried: tally.tried,
    gotIn: tally.gotIn,
    failing: tally.failing,
    failureShare: Math.round(failureShare(tally) * 10_000) / 10_000,
  };
}
const NOBODY: Tally = { tried: 0, gotIn: 0, failing: 0 };

export const cutovers: Handlers<
  'listCutovers' | 'checkCutover' | 'startCutover' | 'getCutover' | 'listFailing' | 'stepCutover'
> = {
  async listCutovers(ports, { caller }) {
    const now = await ports.store.now();
    const all = await listCutovers(ports, caller);
    const items = await Promise.all(
      all.map(async (one) => {
        const bare = { cutover: one, tally: NOBODY, askedUntil: null };
        if (!isOpen(one) && one.status !== 'asked') return bodyOf(bare, caller, now);
        const view = await viewCutover(ports, caller, one.id);
        return bodyOf(view.kind === 'cutover' ? view : bare, caller, now);
      }),
    );
    return ok({ items });
  },
  async checkCutover(ports, { caller, body }) {
    return ok(await checkCutover(ports, caller, body));
  },
  async startCutover(ports, { caller, body }) {
    if (body.stages !== undefined && !areStages(body.stages))
      return invalid('/stages', 'order', 'must grow, and end with 100');
    const done = await startCutover(ports, caller, body);
    return done.kind === 'refused' ? done : ok(bodyOf(done, caller, await ports.store.now()), 201);
  },
  async getCutover(ports, { caller, params }) {
    const done = await viewCutover(ports, caller, params.id);
    return done.kind === 'refused' ? done : ok(bodyOf(done, caller, await ports.store.now()));
  },
  async listFailing(ports, { caller, params, query }) {
    const done = await failingAccounts(ports, caller, {
      id: params.id,
      after: query.after ?? '',
      limit: query.limit ?? 200,
    });
    if (done.kind === 'refused') return done;
    return ok({
      items: done.items.map((one) => ({
        account: one.account,
        ...(one.name === null ? {} : { name: one.name }),
        triedAt: instant(one.triedAt),
        why: one.why,
      })),
      next: done.next,
    });
  },
  async stepCutover(ports, { caller, params, body, from }) {
    const done = await stepCutover(ports, caller, { id: params.id, ...body, ip: from.ip });
    const now = await ports.store.now();
    return answerOf(done, (view) => ok(bodyOf(view, caller, now)));
  },
};
