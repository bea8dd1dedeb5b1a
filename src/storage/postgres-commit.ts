// The commit of PostgreSQL as one function call, so that a whole group of commits costs one round trip and one fsync. The function is made from
// the very statements of writes.ts, under a name that carries their hash: nodes of different versions each find their own.
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { compile, type Step, type Value } from './sql.ts';

interface CommitStatement {
  readonly op: string;
  readonly sql: string;
  readonly rows: Step['rows'];
}

/** A commit as the function takes it. */
export interface Committing {
  readonly key: string;
  readonly steps: readonly Step[];
}

export interface CommitFunction {
  /** True when every step is one of the statements the function was made from. */
  covers(steps: readonly Step[]): boolean;
  /** The call for a group. Its only row has `failed`: per commit -1, or the index of the first step whose assumption no longer held. */
  call(group: readonly Committing[], clock: number | null): pg.QueryConfig;
}

/** Finds or makes the function. Safe when several nodes do it at once. */
export async function commitFunction(
  client: pg.ClientBase,
  statements: readonly CommitStatement[],
): Promise<CommitFunction> {
  const version = createHash('sha256')
    .update(`${LAYOUT.toString()}\n${definition.toString()}\n${JSON.stringify(statements)}`)
    .digest('hex')
    .slice(0, 16);
  const name = `hufu_commit_${version}`;
  const exists = async (): Promise<boolean> =>
    (
      await client.query('SELECT 1 FROM pg_proc WHERE proname = $1 AND pronamespace = current_schema()::regnamespace', [
        name,
      ])
    ).rowCount !== 0;
  if (!(await exists())) {
    await client.query('BEGIN');
    try {
      await client.query('SELECT pg_advisory_xact_lock(1752521062)');
      if (!(await exists())) await client.query(definition(name, statements, await typesOf(client, statements)));
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  }
  const known = new Map(
    statements.map(({ sql }, n) => [sql, { n: n + 1, names: compile(sql, (p) => `$${p}`, 'now').names }]),
  );
  return {
    covers: (steps) => steps.every((step) => known.has(step.sql)),
    call(group, clock) {
      const keys: string[] = [];
      const lasts: number[] = [];
      const firsts: number[] = [];
      const ops: number[] = [];
      const values: (string | null)[] = [];
      for (const { key, steps } of group) {
        keys.push(key);
        firsts.push(values.length);
        for (const step of steps) {
          const { n, names } = known.get(step.sql)!;
          ops.push(n);
          for (const parameter of names) values.push(textOf(parameter, step.values[parameter]));
        }
        lasts.push(ops.length);
      }
      return {
        name,
        text: `SELECT ${name}($1, $2, $3, $4, $5, $6) AS failed`,
        values: [keys, clock, `{${lasts.join(',')}}`, `{${firsts.join(',')}}`, `{${ops.join(',')}}`, values],
      };
    },
  };
}

function textOf(name: string, value: Value | undefined): string | null {
  if (typeof value === 'string' || value === null) return value;
  if (value === undefined) throw new TypeError(`no value for @${name}`);
  return value instanceof Uint8Array
    ? `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
    : String(value);
}

/** The parameter types of each statement, as the server itself infers them. */
async function typesOf(
  client: pg.ClientBase,
  statements: readonly CommitStatement[],
): Promise<readonly (readonly string[])[]> {
  for (const [n, { sql }] of statements.entries())
    await client.query(`PREPARE hufu_types_${n} AS ${compile(sql, (p) => `$${p}`, 'hufu_now()').text}`);
  const { rows } = await client.query<{ name: string; types: string[] }>(
    `SELECT name, parameter_types::text[] AS types FROM pg_prepared_statements WHERE name LIKE 'hufu_types_%'`,
  );
  for (const n of statements.keys()) await client.query(`DEALLOCATE hufu_types_${n}`);
  return statements.map((_, n) => rows.find((row) => row.name === `hufu_types_${n}`)?.types ?? []);
}

/** Raised for a commit that has written something and then met an assumption that no longer held. */
const LOST = 'HF409';

// Locks come first, in one order for all, each in a statement of its own: what follows then sees all that their former holders committed.
// A lost race is rare, so a group is first tried without savepoints. A commit whose first step fails has written nothing; when a later step fails
// the group is undone and repeated with a savepoint each. Plans are generic and never scan a table: they are made once per connection, on empty tables.
const LAYOUT = (
  name: string,
  steps: string,
): string => `CREATE OR REPLACE FUNCTION ${name}(v_keys text[], v_clock bigint, v_lasts int[], v_firsts int[], v_ops int[], v_args text[])
RETURNS int[] LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $hufu$
DECLARE
  v_now bigint; v_lock bigint; v_result int[]; v_failed int; v_step int; v_first int; v_at int; v_rows bigint; v_held boolean; v_careful boolean := false;
BEGIN
  FOR v_lock IN SELECT DISTINCT hashtextextended(k, 0) FROM unnest(v_keys) AS k ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(v_lock);
  END LOOP;
  v_now := coalesce(v_clock, hufu_now());
  LOOP
    BEGIN
      v_result := '{}';
      FOR v_commit IN 1..cardinality(v_lasts) LOOP
        v_first := CASE WHEN v_commit = 1 THEN 1 ELSE v_lasts[v_commit - 1] + 1 END;
        IF v_careful THEN
          BEGIN
            ${steps}
            IF v_failed > 0 THEN RAISE SQLSTATE '${LOST}'; END IF;
          EXCEPTION WHEN SQLSTATE '${LOST}' THEN NULL;
          END;
        ELSE
          ${steps}
          IF v_failed > 0 THEN RAISE SQLSTATE '${LOST}'; END IF;
        END IF;
        v_result := v_result || v_failed;
      END LOOP;
      RETURN v_result;
    EXCEPTION WHEN SQLSTATE '${LOST}' THEN v_careful := true;
    END;
  END LOOP;
END $hufu$`;

function definition(
  name: string,
  statements: readonly CommitStatement[],
  types: readonly (readonly string[])[],
): string {
  const branches = statements.map(({ sql, rows }, n) => {
    const { text, names } = compile(sql, (p) => `v_args[v_at + ${p}]::${types[n]![p - 1]}`, 'v_now');
    const run = text.trimStart().replace(/^SELECT\b/, 'PERFORM');
    const holds = rows === 'one' ? 'v_rows = 1' : rows === 'some' ? 'v_rows > 0' : 'true';
    return `WHEN ${n + 1} THEN ${run}; GET DIAGNOSTICS v_rows = ROW_COUNT; v_held := ${holds}; v_at := v_at + ${names.length};`;
  });
  return LAYOUT(
    name,
    `v_failed := -1; v_at := v_firsts[v_commit];
     FOR v_step IN v_first..v_lasts[v_commit] LOOP
       CASE v_ops[v_step] ${branches.join('\n')} END CASE;
       IF NOT v_held THEN v_failed := v_step - v_first; EXIT; END IF;
     END LOOP;`,
  );
}
