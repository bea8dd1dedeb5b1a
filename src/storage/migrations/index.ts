// Forward-only, numbered, named by intent. A migration is a list of statements for the dialect at hand.
import { house } from './0001-house.ts';
import { restoreFloor } from './0002-restore-floor.ts';
import { audit } from './0003-audit.ts';

/** What differs between the databases' table definitions. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  readonly bytes: string;
  readonly serial: string;
  readonly clustered: string;
}

export const SQLITE: Dialect = {
  name: 'sqlite',
  bytes: 'BLOB',
  serial: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  clustered: ' WITHOUT ROWID',
};
export const POSTGRES: Dialect = {
  name: 'postgres',
  bytes: 'BYTEA',
  serial: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  clustered: '',
};

export const MIGRATIONS: readonly {
  readonly name: string;
  readonly statements: (dialect: Dialect) => readonly string[];
}[] = [
  { name: '0001-house', statements: house },
  { name: '0002-restore-floor', statements: restoreFloor },
  { name: '0003-audit', statements: audit },
];
