// What things that are waited for are at: one short text each, different when there is something new to see. Asked for many at once.
import type { Watched } from '../core/ports.ts';
import type { Db } from './sql.ts';

/** One statement for every number of ids: the last id fills the places that are left. */
const AT_ONCE = 100;
const PLACES = Array.from({ length: AT_ONCE }, (_, n) => `@i${n}`).join(', ');

/** The approval that matters for a challenge: decided or claimed before newer ones that wait. */
export const NEWEST_APPROVAL = `ORDER BY CASE a.status WHEN 'approved' THEN 0 WHEN 'claimed' THEN 1 WHEN 'closed' THEN 3 ELSE 2 END, a.id DESC LIMIT 1`;

const SQL: Readonly<Record<Watched, string>> = {
  challenge: `SELECT c.id, c.status || ' ' || c.verified || ' ' ||
      coalesce((SELECT a.id || ' ' || a.status FROM approvals a WHERE a.challenge_id = c.id ${NEWEST_APPROVAL}), '') AS mark
    FROM challenges c WHERE c.id IN (${PLACES})`,
  account: `SELECT account_id AS id, max(id) AS mark FROM approvals
    WHERE account_id IN (${PLACES}) AND kind = 'push' AND status = 'waiting' AND expires_at > @now GROUP BY account_id`,
  enrolment: `SELECT account_id AS id, count(*) || ' ' || max(id) || ' ' || sum(CASE WHEN status = 'active' THEN 1 ELSE 0 END) AS mark
    FROM phones WHERE account_id IN (${PLACES}) AND status <> 'revoked' GROUP BY account_id`,
  'app-password': `SELECT id, 'used' AS mark FROM app_password_uses WHERE id IN (${PLACES})`,
};

/** The marks of these ids; one that has none is not among them. */
export function marksOf(db: Db): (what: Watched, ids: readonly string[]) => Promise<ReadonlyMap<string, string>> {
  return async (what, ids) => {
    const marks = new Map<string, string>();
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE);
      const values = Object.fromEntries(
        Array.from({ length: AT_ONCE }, (_, n) => [`i${n}`, some[Math.min(n, some.length - 1)] ?? '']),
      );
      for (const row of await db.query(SQL[what], values)) marks.set(String(row['id']), String(row['mark']));
    }
    return marks;
  };
}
