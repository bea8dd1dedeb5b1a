// Accounts and their devices.

import { PutAccount } from '../../../contract/schemas.ts';
import { canonicalAccount } from '../../../core/account/account.ts';
import { refuse } from '../../../core/outcome.ts';
import { getAccount, importAccounts, type PutAccount as PutAccountInput, putAccount } from '../../../flows/accounts.ts';
import { revokeDevice } from '../../../flows/operate.ts';
import type { Handlers } from '../handler.ts';
import { accountBody, instant, misfit, NO_CONTENT, ok, type Reply } from '../replies.ts';

const PAGE = 50;

/** A page of rows: one more is read than shown, to know whether there is a next. */
const paged = <T, B>(rows: readonly T[], limit: number, cursor: (row: T) => string, body: (row: T) => B): Reply => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return ok({ items: shown.map(body), next: rows.length > limit && last !== undefined ? cursor(last) : null });
};

export const accounts: Handlers<
  'listAccounts' | 'getAccount' | 'putAccount' | 'importAccounts' | 'listClientDevices' | 'revokeClientDevice'
> = {
  async listAccounts(ports, { caller, query }) {
    const limit = query.limit ?? PAGE;
    const rows = await ports.store.accounts(caller.tenantId, query.after ?? '', limit + 1);
    return paged(
      rows,
      limit,
      (a) => canonicalAccount(a.account),
      (a) => ({
        id: a.id,
        account: a.account,
        ...(a.name === null ? {} : { name: a.name }),
        status: a.status,
        ...(a.cohort === null ? {} : { cohort: a.cohort }),
      }),
    );
  },
  async getAccount(ports, { caller, asked, params }) {
    const view = await getAccount(ports, caller, params.account);
    return view.kind === 'refused' ? view : ok(accountBody(view, asked));
  },
  async putAccount(ports, { caller, asked, params, body }) {
    const view = await putAccount(ports, caller, { account: params.account, ...body });
    if (view.kind === 'refused') return view;
    if (view.kind === 'invalid') return misfit(view);
    return ok(accountBody(view, asked), view.created ? 201 : 200);
  },
  async importAccounts(ports, { caller, body }) {
    // Each row is checked by itself, so that one bad row is reported and the others go on.
    const refused: { row: number; account: string; reason: string }[] = [];
    const good: { row: number; input: PutAccountInput }[] = [];
    for (const [index, { account, ...rest }] of body.accounts.entries()) {
      const parsed = PutAccount.safeParse(rest);
      if (parsed.success) good.push({ row: index + 1, input: { account, ...parsed.data } });
      else
        refused.push({
          row: index + 1,
          account,
          reason: parsed.error.issues.map((i) => `${i.path.join('.') || 'row'}: ${i.message}`).join('; '),
        });
    }
    const done = await importAccounts(
      ports,
      caller,
      good.map((g) => g.input),
    );
    const all = [...refused, ...done.refused.map((r) => ({ ...r, row: good[r.row - 1]?.row ?? r.row }))].sort(
      (a, b) => a.row - b.row,
    );
    return ok({ created: done.created, updated: done.updated, refused: all });
  },
  async listClientDevices(ports, { caller, params, query }) {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(params.account), false);
    if (snapshot === undefined) return refuse('account-unknown');
    const limit = query.limit ?? PAGE;
    const rows = await ports.store.devices(snapshot.account.id, query.after ?? '', limit + 1);
    return paged(
      rows,
      limit,
      (d) => d.id,
      (d) => ({
        id: d.id,
        name: d.name,
        client: d.clientId,
        version: d.version,
        status: d.revokedAt === null ? 'active' : 'revoked',
        firstUsedAt: instant(d.firstUsedAt),
        lastUsedAt: instant(d.lastUsedAt),
      }),
    );
  },
  async revokeClientDevice(ports, { caller, params }) {
    const done = await revokeDevice(ports, caller, { account: params.account, device: params.device });
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
};
