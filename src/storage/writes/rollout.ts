// The rollout's own rows.
import type { Rows } from './row.ts';

export const ROLLOUT_WRITES: Rows<'note-reminder'> = {
  'note-reminder': {
    sql: `UPDATE account_activity SET reminded_at = @now WHERE account_id = @account AND (reminded_at IS NULL OR reminded_at < @notSince)`,
    rows: 'one',
    values: (w) => ({ account: w.accountId, notSince: w.notSince }),
  },
};
