// What a row of the write table is. `one`: the statement changes exactly one row, or what it assumed no longer holds.
// `@now` is the database's time, so expiry is checked in the consuming statement (security rule 3).
import type { WriteNamed, WriteOp } from '../../core/commit.ts';
import type { TimeStep } from '../ledger.ts';
import type { Step, Values } from '../sql.ts';

/** Seals a secret for one row; the row's identity is associated data, so a copied or edited row does not open. */
export type SealFor = (
  tenantId: string,
  identity: readonly string[],
  secret: Uint8Array,
) => { readonly sealed: Uint8Array; readonly keyId: string };

export type Row<O extends WriteOp> = {
  readonly sql: string;
  readonly rows: Step['rows'];
  readonly values: (write: WriteNamed<O>, seal: SealFor) => Values;
  /** Where what PostgreSQL's statement guards is guarded by SQLite's ledger in memory. */
  readonly onSqlite?: { readonly sql: string; readonly spends: (write: WriteNamed<O>) => TimeStep };
};

/** The rows of one room. */
export type Rows<O extends WriteOp> = { readonly [K in O]: Row<K> };

/** What binds a sealed secret to its row: table, column, account, id, type and parameters. */
export const authenticatorIdentity = (
  accountId: string,
  id: string,
  type: string,
  params: string,
): readonly string[] => ['authenticators.sealed', accountId, id, type, params];
export const subscriptionIdentity = (accountId: string, phoneId: string): readonly string[] => [
  'push_subscriptions.sealed',
  accountId,
  phoneId,
];
export const wechatPhoneIdentity = (accountId: string, phoneId: string): readonly string[] => [
  'wechat_phones.sealed',
  accountId,
  phoneId,
];
export const wechatTokenIdentity = (appId: string): readonly string[] => ['wechat_tokens.sealed', appId];
export const pushKeyIdentity = (id: string): readonly string[] => ['push_keys.sealed', id];
export const messageIdentity = (id: string): readonly string[] => ['outbox.text_sealed', id];
export const ticketIdentity = (accountId: string, id: string): readonly string[] => ['tickets.sealed', accountId, id];
export const pinIdentity = (accountId: string): readonly string[] => ['account_pins.sealed', accountId];
