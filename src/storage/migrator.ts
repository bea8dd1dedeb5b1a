// Kysely's migrator over either database: numbered, forward only, under a lock on PostgreSQL, so that several nodes may start at once.
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely';
import { nodeSqliteDialect } from './kysely-sqlite.ts';
import { POSTGRES, SQLITE } from './migrations/dialect.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Postgres } from './postgres.ts';
import type { Sqlite } from './sqlite.ts';

/** Where Kysely keeps what was applied. */
export const MIGRATION_TABLE = 'schema_migrations';

/** Applies what is missing, in order. Throws with the failing migration's name; nothing of it is left behind. */
export async function applyMigrations(db: Sqlite | Postgres): Promise<readonly string[]> {
  const dialect = db.dialect === 'sqlite' ? SQLITE : POSTGRES;
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
    db: new Kysely<unknown>({
      dialect: db.dialect === 'sqlite' ? nodeSqliteDialect(db.raw) : new PostgresDialect({ pool: db.pool }),
    }),
    provider: { getMigrations: async () => migrations },
    // Numbers are given out when work begins, and it ends in another order: one that came later must not stop an older one.
    allowUnorderedMigrations: true,
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: 'schema_migrations_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((r) => r.status === 'Error')?.migrationName ?? 'the first one';
    throw new Error(`the database could not be brought to this version: migration ${failed} failed`, { cause: error });
  }
  return (results ?? []).map((r) => r.migrationName);
}
