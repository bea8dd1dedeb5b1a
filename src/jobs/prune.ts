// Clears away what no longer matters, in small batches with room for requests between them. What still matters is named in the store's rules;
// the audit log is never pruned. Safe on every node at once, and to kill at any moment.
import type { Policy } from '../core/policy/policy.ts';

export interface PrunePort {
  readonly names: readonly string[];
  batch(name: string, limit: number): Promise<number>;
  spent(
    after: { readonly mark: number; readonly authenticatorId: string },
    limit: number,
  ): Promise<
    { readonly rows: number; readonly next: { readonly mark: number; readonly authenticatorId: string } } | undefined
  >;
  passwordFailures(tenantId: string, keepMs: number, limit: number): Promise<number>;
}

const BATCH = 500;
const MONTH_MS = 30 * 24 * 3600_000;

/** One full round; resolves to how many rows went. `isStopped` ends it early. */
export async function prune(
  port: PrunePort,
  tenants: readonly { readonly id: string; readonly policy: Policy }[],
  isStopped: () => boolean = () => false,
): Promise<number> {
  let rows = 0;
  const untilEmpty = async (batch: () => Promise<number>): Promise<void> => {
    for (let gone = BATCH; gone > 0 && !isStopped(); ) {
      gone = await batch();
      rows += gone;
      await breath();
    }
  };
  for (const name of port.names) await untilEmpty(() => port.batch(name, BATCH));
  // Marks from zero on are time steps. Those below zero are recovery codes, spent for good.
  let at = { mark: 0, authenticatorId: '' };
  while (!isStopped()) {
    const batch = await port.spent(at, BATCH);
    if (batch === undefined) break;
    rows += batch.rows;
    at = batch.next;
    await breath();
  }
  for (const { id, policy } of tenants) {
    // A freeze that only an operator ends is kept, however old; without one, failures this old count for nothing.
    if (policy.passwordThrottle.unfreezeSeconds === undefined) continue;
    await untilEmpty(() => port.passwordFailures(id, MONTH_MS, BATCH));
  }
  return rows;
}

/** Lets waiting requests go first. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
