// What migrations need to know of the database they run on.

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
