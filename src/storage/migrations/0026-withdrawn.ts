// Each open challenge counts how many methods of its account were withdrawn since it began, so that moving it on needs no second look at them: a method
// goes seldom, and logins pass all day. Whoever withdraws one counts, by whatever statement: it is a trigger that does it.
import type { Dialect } from './dialect.ts';

const COUNT = `UPDATE challenges SET withdrawn = withdrawn + 1 WHERE account_id = OLD.account_id AND status = 'pending'`;
const GONE = `OLD.status = 'active'`;
const CHANGED = `OLD.status = 'active' AND (NEW.status <> 'active' OR NEW.expires_at IS DISTINCT FROM OLD.expires_at OR NEW.account_id <> OLD.account_id OR NEW.id <> OLD.id)`;

export const withdrawn = ({ name }: Dialect): readonly string[] => [
  `ALTER TABLE challenges ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0`,
  ...(name === 'sqlite'
    ? [
        `CREATE TRIGGER authenticators_withdrawn AFTER DELETE ON authenticators WHEN ${GONE} BEGIN ${COUNT}; END`,
        `CREATE TRIGGER authenticators_ended AFTER UPDATE OF account_id, id, status, expires_at ON authenticators WHEN ${CHANGED} BEGIN ${COUNT}; END`,
      ]
    : [
        `CREATE FUNCTION hufu_withdrawn() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${COUNT.replaceAll("'", "''")}; RETURN NULL; END'`,
        `CREATE TRIGGER authenticators_withdrawn AFTER DELETE ON authenticators FOR EACH ROW WHEN (${GONE}) EXECUTE FUNCTION hufu_withdrawn()`,
        `CREATE TRIGGER authenticators_ended AFTER UPDATE OF account_id, id, status, expires_at ON authenticators FOR EACH ROW WHEN (${CHANGED}) EXECUTE FUNCTION hufu_withdrawn()`,
      ]),
];
