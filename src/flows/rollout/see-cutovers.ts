// Cut-overs as they are seen: with what became of those who tried, and how long something may still be done about them.
import { askedUntil } from '../../core/operator/case.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type Cutover, rollBackUntil, type Tally } from '../../core/rollout/cutover.ts';
import type { FailingAccount } from '../../core/rollout/cutover-store.ts';

export interface CutoverView {
  readonly kind: 'cutover';
  readonly cutover: Cutover;
  readonly tally: Tally;
  /** ms; null: not any more; infinity while it is open. */
  readonly rollBackUntil: number | null;
  /** Until when a second operator may let it begin, ms; null when it waits for none. */
  readonly askedUntil: number | null;
}

/** A cut-over with what became of those who tried. */
export async function viewCutover(ports: Ports, caller: Caller, id: string): Promise<CutoverView | Refusal> {
  const cutover = await ports.cutovers.get(caller.tenantId, id);
  if (cutover === undefined) return refuse('not-found');
  return {
    kind: 'cutover',
    cutover,
    tally: await ports.cutovers.tally(cutover, await unfinishedSince(ports, cutover.tenantId)),
    rollBackUntil: rollBackUntil(cutover),
    askedUntil: await untilAsked(ports, cutover),
  };
}

async function untilAsked(ports: Ports, cutover: Cutover): Promise<number | null> {
  if (cutover.status !== 'asked') return null;
  const { policy } = await ports.tenants.get(cutover.tenantId, Number.POSITIVE_INFINITY);
  return askedUntil(cutover.startedAt, policy.console.caseHours);
}

/** The tenant's cut-overs, newest first. */
export const listCutovers = (ports: Ports, caller: Caller): Promise<readonly Cutover[]> =>
  ports.cutovers.list(caller.tenantId);

/** Accounts of a cut-over that tried and are not in, page by page in order of id. */
export async function failingAccounts(
  ports: Ports,
  caller: Caller,
  input: { readonly id: string; readonly after: string; readonly limit: number },
): Promise<
  { readonly kind: 'failing'; readonly items: readonly FailingAccount[]; readonly next: string | null } | Refusal
> {
  const cutover = await ports.cutovers.get(caller.tenantId, input.id);
  if (cutover === undefined) return refuse('not-found');
  const since = await unfinishedSince(ports, cutover.tenantId);
  const items = await ports.cutovers.failing(cutover, since, input.after, input.limit);
  return { kind: 'failing', items, next: items.length < input.limit ? null : (items.at(-1)?.id ?? null) };
}

/** A login begun before this instant (ms) has had its time. */
export async function unfinishedSince(ports: Ports, tenantId: string): Promise<number> {
  const { policy } = await ports.tenants.get(tenantId, Number.POSITIVE_INFINITY);
  return (await ports.store.now()) - policy.times.loginSeconds * 1000;
}
