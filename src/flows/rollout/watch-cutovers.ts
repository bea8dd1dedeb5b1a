// Watches cut-overs: counts who tried and did not get in, pauses where they are too many, begins the next stage where that was asked for, and
// notices that another switch put an end to one. Safe on every node at once: each step is a guarded commit, so one node takes it.

import type { Caller, Ports } from '../../core/ports.ts';
import { type Cutover, percentOf, verdict } from '../../core/rollout/cutover.ts';
import { phaseAt } from '../../core/rollout/phase.ts';
import { isTaken } from '../../core/rollout/share.ts';
import { isStaged } from '../../core/rollout/staged.ts';
import { mark, stepCutover } from './cutovers.ts';
import { unfinishedSince } from './see-cutovers.ts';

const BATCH = 2000;

/** One round over every open cut-over. */
export async function watchCutovers(ports: Ports, isStopped: () => boolean = () => false): Promise<void> {
  for (const cutover of await ports.cutovers.open()) {
    if (isStopped()) return;
    await watchOne(ports, cutover, isStopped);
  }
}

async function watchOne(ports: Ports, cutover: Cutover, isStopped: () => boolean): Promise<void> {
  const caller: Caller = { tenantId: cutover.tenantId, actor: 'system', keyId: 'system', client: null };
  const { policy } = await ports.tenants.get(cutover.tenantId, Number.POSITIVE_INFINITY);
  if (!isStaged(policy.rollout, cutover)) {
    // The record may be the older one of the two: looked at again, it is left alone when it has ended meanwhile.
    await mark(ports, caller, cutover.id, (now) =>
      now.revision === cutover.revision
        ? { status: 'ended', pausedWhy: null, event: 'cutover.ended', why: 'another switch or policy', isEnd: true }
        : null,
    );
    return;
  }
  const now = await ports.store.now();
  const cohorts = policy.rollout.cohorts;
  const isMeant = (cohort: string | null): boolean =>
    cutover.cohort === null ? cohort === null || !Object.hasOwn(cohorts, cohort) : cohort === cutover.cohort;
  const taken = (account: { id: string; account: string; cohort: string | null }): boolean =>
    isMeant(account.cohort) &&
    isTaken(cutover.id, percentOf(cutover), account.id) &&
    phaseAt(policy.rollout, account.cohort, now, account) === cutover.phase;
  while ((await ports.cutovers.follow(cutover, taken, BATCH)) === BATCH && !isStopped())
    await new Promise((resolve) => setImmediate(resolve));
  const tally = await ports.cutovers.tally(cutover, await unfinishedSince(ports, cutover.tenantId));
  const next = verdict(cutover, tally, now);
  if (next === 'pause')
    await pause(
      ports,
      caller,
      cutover,
      'failures',
      `${tally.failing} of ${tally.tried} accounts that tried are not in`,
    );
  if (next === 'go-on') {
    const done = await stepCutover(ports, caller, {
      id: cutover.id,
      step: 'advance',
      reason: 'the stage went well',
      revision: cutover.revision,
    });
    if (done.kind === 'refused' && done.code === 'switch-refused')
      await pause(ports, caller, cutover, 'limit', 'the next stage would meet more accounts than the policy allows');
  }
}

const pause = (
  ports: Ports,
  caller: Caller,
  { id, revision }: Cutover,
  pausedWhy: 'failures' | 'limit',
  why: string,
): Promise<unknown> =>
  mark(ports, caller, id, (now) =>
    now.revision === revision && now.status === 'running'
      ? { status: 'paused', pausedWhy, event: 'cutover.paused', why }
      : null,
  );
