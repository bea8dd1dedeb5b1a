// Brings the tables to this version's shape. Kysely's migrator holds a lock on PostgreSQL, so several nodes may start at once.
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely';
import { nodeSqliteDialect } from './kysely-sqlite.ts';
import { MIGRATIONS, POSTGRES, SQLITE } from './migrations/index.ts';
import type { Postgres } from './postgres.ts';
import type { Schema } from './schema.ts';
import type { Sqlite } from './sqlite.ts';

/** A query builder over an open database: for lists and reports; the verify path keeps to prepared statements. */
export function builder(db: Sqlite | Postgres): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: db.dialect === 'sqlite' ? nodeSqliteDialect(db.raw) : new PostgresDialect({ pool: db.pool }),
  });
}

/** Applies what is missing, in order. Throws with the failing migration's name; nothing of it is left behind. */
export async function migrate(db: Sqlite | Postgres): Promise<readonly string[]> {
  const dialect = db.dialect === 'sqlite' ? SQLITE : POSTGRES;
  if (db.dialect === 'postgres') await databaseTime(db);
  const migrations = Object.fromEntries(
    MIGRATIONS.map(({ name, statements }): [string, Migration] => [
      name,
      {
        async up(kysely) {
          for (const statement of statements(dialect)) await sql.raw(statement).execute(kysely);
        },
      },
    ]),
  );
  const migrator = new Migrator({
    db: builder(db),
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'schema_migrations',
    migrationLockTableName: 'schema_migrations_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((r) => r.status === 'Error')?.migrationName ?? 'the first one';
    throw new Error(`the database could not be brought to this version: migration ${failed} failed`, { cause: error });
  }
  if (db.dialect === 'postgres') await db.ready();
  return (results ?? []).map((r) => r.migrationName);
}

/** One clock for all nodes: the server's, in milliseconds. Two nodes that create it at the same moment may collide; the loser's is the same. */
async function databaseTime(db: Postgres): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1752521061)');
    await client.query(
      `CREATE OR REPLACE FUNCTION hufu_now() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint'`,
    );
    await client.query('SELECT pg_advisory_unlock(1752521061)');
  } finally {
    client.release();
  }
}
