// Everything of a tenant that waits for a second pair of eyes, whatever kind it is: cases (policy publications and phase switches among them), cut-overs,
// bulk work. Each is decided on its own page and by its own flow; all by the one rule that nobody decides their own (OPS-01).

import type { BulkJob } from '../../core/bulk/bulk.ts';
import type { Marked } from '../../core/bulk/change.ts';
import { type Actor, askedUntil, type Case, mayNotDecide } from '../../core/operator/case.ts';
import { may, type Permission } from '../../core/operator/roles.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type Cutover, percentOf } from '../../core/rollout/cutover.ts';
import { actorOf } from './guard.ts';
import { known } from './known.ts';

/** How many of each kind are told: nobody looks through more at once. */
const MOST = 200;

/** What waits, with what is needed to see whether it is urgent. */
export type Asked =
  | { readonly kind: 'case'; readonly case: Case }
  | { readonly kind: 'cutover'; readonly cutover: Cutover; readonly percent: number }
  | { readonly kind: 'bulk'; readonly job: BulkJob; readonly rows: number; readonly marks: Marked };

export type Waiting = Asked & {
  readonly id: string;
  readonly requester: Actor;
  readonly reason: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  /** Why who reads may not decide it; null when they may. */
  readonly why: 'own' | 'same-session' | 'made-lately' | 'role' | null;
};

/** Who sees a kind, and who decides one: what their pages ask for too. */
const SEES: Readonly<Record<Asked['kind'], Permission>> = {
  case: 'customers:act',
  cutover: 'rollout:read',
  bulk: 'bulk:run',
};
const DECIDES: Readonly<Record<Asked['kind'], Permission>> = {
  case: 'cases:approve',
  cutover: 'rollout:switch',
  bulk: 'cases:approve',
};

/** What waits and the caller may see, the first to end first. */
export async function inboxOf(ports: Ports, caller: Caller): Promise<readonly Waiting[]> {
  const { tenantId, operator } = caller;
  const roles = operator?.roles ?? [];
  const sees = (kind: Asked['kind']): boolean => may(roles, SEES[kind]);
  const [now, { policy }, cases, cutovers, jobs] = await Promise.all([
    ports.store.now(),
    ports.tenants.get(tenantId, Number.POSITIVE_INFINITY),
    sees('case') ? ports.cases.list(tenantId, { state: 'submitted', limit: MOST }) : { items: [] },
    sees('cutover') ? ports.cutovers.list(tenantId) : [],
    sees('bulk') ? ports.bulk.asked(tenantId, MOST) : [],
  ]);
  const until = (at: number): number => askedUntil(at, policy.console.caseHours);
  const counted = await Promise.all(
    jobs.map(async (job) => ({
      job,
      rows: (await ports.bulk.counts(job.id)).waiting,
      marks: await ports.bulk.marks(job.id),
    })),
  );
  const all: readonly Omit<Waiting, 'why'>[] = [
    ...cases.items.map((one) => ({
      kind: 'case' as const,
      case: one,
      id: one.id,
      requester: one.requester,
      reason: one.reason,
      askedAt: one.submittedAt,
      expiresAt: one.expiresAt,
    })),
    ...cutovers
      .filter(({ status }) => status === 'asked')
      .map((cutover) => ({
        kind: 'cutover' as const,
        cutover,
        percent: percentOf(cutover),
        id: cutover.id,
        requester: cutover.requester,
        reason: cutover.reason,
        askedAt: cutover.startedAt,
        expiresAt: until(cutover.startedAt),
      })),
    ...counted.map(({ job, rows, marks }) => ({
      kind: 'bulk' as const,
      job,
      rows,
      marks,
      id: job.id,
      requester: job.requester,
      reason: job.reason,
      askedAt: job.askedAt ?? job.createdAt,
      expiresAt: until(job.askedAt ?? job.createdAt),
    })),
  ];
  const open = all.filter((one) => one.expiresAt > now).sort((a, b) => a.expiresAt - b.expiresAt);
  const me = await known(ports, actorOf(caller, ''));
  const askers = new Map<string, ReturnType<typeof known>>();
  return Promise.all(
    open.map(async (one): Promise<Waiting> => {
      const key = JSON.stringify(one.requester);
      const asker = askers.get(key) ?? known(ports, one.requester);
      askers.set(key, asker);
      const why = may(roles, DECIDES[one.kind]) ? (mayNotDecide(await asker, me, now) ?? null) : 'role';
      // What is one's own is told as that, whatever one's role.
      return { ...one, why: mayNotDecide(await asker, me, now) === 'own' ? 'own' : why } as Waiting;
    }),
  );
}
