// Brings the tables to this version's shape. A database that is there already is told by one query: the migrator, and the library behind it, are
// loaded only when there is something to do, because they cost a start a tenth of a second and fourteen megabytes.
import type { PoolClient } from 'pg';
import { MIGRATIONS } from './migrations/index.ts';
import type { Postgres } from './postgres.ts';
import type { Sqlite } from './sqlite.ts';

/** Applies what is missing, in order, and gives the names. Throws with the failing migration's name; nothing of it is left behind. */
export async function migrate(db: Sqlite | Postgres): Promise<readonly string[]> {
  if (db.dialect === 'postgres') await databaseTime(db);
  const applied = (await isCurrent(db)) ? [] : await (await import('./migrator.ts')).applyMigrations(db);
  if (db.dialect === 'postgres') await db.ready();
  return applied;
}

/** Whether every migration of this version is on record. A database without the record, or of a later version, is the migrator's business. */
async function isCurrent(db: Sqlite | Postgres): Promise<boolean> {
  const table =
    db.dialect === 'sqlite'
      ? "SELECT 1 AS found FROM sqlite_master WHERE name = 'schema_migrations'"
      : "SELECT 1 AS found WHERE to_regclass('schema_migrations') IS NOT NULL";
  if ((await db.query(table, {})).length === 0) return false;
  const names = new Set((await db.query('SELECT name FROM schema_migrations', {})).map((row) => row['name']));
  return names.size === MIGRATIONS.length && MIGRATIONS.every(({ name }) => names.has(name));
}

/** One clock for all nodes: the server's, in milliseconds. Made once; nodes that start together wait for the one that makes it. */
async function databaseTime(db: Postgres): Promise<void> {
  const client = await db.pool.connect();
  let isDone = false;
  try {
    const { rowCount } = await client.query("SELECT 1 WHERE to_regprocedure('hufu_now()') IS NOT NULL");
    if (rowCount === 0) await makeDatabaseTime(client);
    isDone = true;
  } finally {
    client.release(!isDone);
  }
}

async function makeDatabaseTime(client: PoolClient): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock(1752521061)');
  await client.query(
    `CREATE OR REPLACE FUNCTION hufu_now() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint'`,
  );
  await client.query('COMMIT');
}
