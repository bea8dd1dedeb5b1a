// App passwords on every store: what one node writes the other reads at once, and their hash is the same on every node of one key file.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountRow, anId, STORES, type StoreUnderTest } from './stores.ts';

describe.each(STORES)('$name', ({ open }) => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  it('CM-5.3 APW-11 made on one node, found and used on the other, revoked on either: refused on both from the commit on', async () => {
    const [one, other] = store.nodes.map((node) => node.house.ports) as [
      (typeof store.nodes)[0]['house']['ports'],
      (typeof store.nodes)[0]['house']['ports'],
    ];
    const account = anId('acc');
    const id = anId('apw');
    await one.store.commit(account, [{ op: 'insert-account', account: accountRow(account) }]);
    const { tag, pepperId } = await one.appPasswords.tag('t1', account, 'GdGneAF6iFvUg6rB');
    expect(await other.appPasswords.tag('t1', account, 'GdGneAF6iFvUg6rB')).toEqual({ tag, pepperId });
    for (const differs of [
      await one.appPasswords.tag('t2', account, 'GdGneAF6iFvUg6rB'),
      await one.appPasswords.tag('t1', `${account}x`, 'GdGneAF6iFvUg6rB'),
      await one.appPasswords.tag('t1', account, 'GdGneAF6iFvUg6rb'),
    ])
      expect(differs.tag).not.toBe(tag);
    const made = {
      op: 'insert-app-password',
      tenantId: 't1',
      accountId: account,
      id,
      tag,
      pepperId,
      name: 'Foxmail',
      protocols: ['imap', 'smtp'],
      expiresAt: store.now() + 60_000,
      most: 2,
    } as const;
    await one.store.commit(account, [made]);
    const found = { id, name: 'Foxmail', protocols: ['imap', 'smtp'], expiresAt: store.now() + 60_000, lastUse: null };
    expect(await other.appPasswords.find(account, tag)).toMatchObject({ now: store.now(), found });
    expect(await other.appPasswords.find(account, `${tag}x`)).toEqual({ now: store.now(), found: undefined });
    expect(await other.appPasswords.isUsed(account, id)).toBe(false);
    await other.store.commit(account, [
      { op: 'note-app-password', accountId: account, id, protocol: 'smtp', ip: '203.0.113.7' },
    ]);
    expect(await one.appPasswords.isUsed(account, id)).toBe(true);
    const { items } = await one.appPasswords.list(account);
    expect(items).toMatchObject([{ id, lastUse: { firstAt: store.now(), at: store.now(), protocol: 'smtp' } }]);
    expect((await one.appPasswords.list('acc_nobody')).items).toEqual([]);
    await other.store.commit(account, [{ op: 'revoke-app-password', accountId: account, id }]);
    for (const node of [one, other]) {
      expect((await node.appPasswords.find(account, tag)).found).toBeUndefined();
      expect((await node.appPasswords.list(account)).items).toEqual([]);
    }
  });

  it('CM-5.5 a use is not noted from the instant it expires', async () => {
    const { ports } = store.nodes[0].house;
    const account = anId('acc');
    const id = anId('apw');
    const note = { op: 'note-app-password', accountId: account, id, protocol: 'imap', ip: null } as const;
    await ports.store.commit(account, [
      {
        op: 'insert-app-password',
        tenantId: 't1',
        accountId: account,
        id,
        tag: id,
        pepperId: 'pep_1',
        name: 'x',
        protocols: ['imap'],
        expiresAt: store.now() + 1000,
        most: 1,
      },
    ]);
    store.pass(999);
    expect((await ports.store.commit(account, [note])).kind).toBe('done');
    store.pass(1);
    expect((await ports.store.commit(account, [note])).kind).toBe('conflict');
  });

  it('CM-5.5 what waits behind a link opens with the link alone, until it was taken', async () => {
    const { ports } = store.nodes[0].house;
    const { profiles } = ports.appPasswords;
    const account = anId('acc');
    const { token, tokenHash, sealed } = profiles.seal('{"password":"GdGneAF6iFvUg6rB"}');
    expect(Buffer.from(sealed).includes('GdGneAF6iFvUg6rB')).toBe(false);
    await ports.store.commit(account, [
      {
        op: 'insert-mail-profile',
        tokenHash,
        tenantId: 't1',
        accountId: account,
        appPasswordId: 'apw_1',
        sealed,
        expiresAt: store.now() + 1000,
      },
    ]);
    const held = await store.nodes[1].house.ports.appPasswords.profiles.find(profiles.hashOf(token));
    expect(held).toMatchObject({ tenantId: 't1', accountId: account, appPasswordId: 'apw_1' });
    expect(profiles.open(token, held!.sealed)).toBe('{"password":"GdGneAF6iFvUg6rB"}');
    expect(() => profiles.open(`${token.slice(0, -1)}_`, held!.sealed)).toThrow(/sealed|open|auth/i);
    await ports.store.commit(account, [{ op: 'use-mail-profile', tokenHash }]);
    expect(await profiles.find(tokenHash)).toBeUndefined();
  });
});
