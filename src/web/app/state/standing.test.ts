import { describe, expect, it } from 'vitest';
import { heldHere, screenOf, taken } from './standing.ts';

const C = Uint8Array.of(1, 2, 3);
const told = { role: 'main', tenant: { id: 't1', name: 'Tenant' }, contact: 'desk' } as const;
const wiped = { status: 'unsynced', store: null, biometric: null };
const held = (
  status: 'new-pin' | 'unsynced' | 'active' | 'revoked',
  pinEpoch = 1,
  store: Uint8Array<ArrayBuffer> | null = C,
) => ({
  status,
  pinEpoch,
  store,
});

describe('MO-2.4 MO-6.3 what of the server’s answer is taken over', () => {
  it.each([
    ['nothing changed', held('active'), { status: 'active', pinEpoch: 1 }, {}],
    ['the PIN was changed elsewhere', held('active'), { status: 'unsynced', pinEpoch: 2 }, wiped],
    ['our own change happened, its answer was lost', held('active'), { status: 'active', pinEpoch: 2 }, wiped],
    ['a PIN is to be chosen here', held('new-pin', 0, null), { status: 'unsynced', pinEpoch: 0 }, {}],
    ['a C that was never confirmed', held('unsynced'), { status: 'unsynced', pinEpoch: 1 }, wiped],
  ] as const)('MO-2.4 %s', (_, asked, view, change) => {
    const now = { ...asked, store: asked.store === null ? null : Uint8Array.from(asked.store) };
    expect(taken(now, asked, { ...told, ...view })).toEqual({ ...told, ...change });
  });

  it.each([
    ['a PIN was set', held('active', 1), held('new-pin', 0, null)],
    ['it was synchronised', held('active', 2), held('unsynced', 1, null)],
    ['it is just being synchronised', held('unsynced', 1), held('unsynced', 1, null)],
    ['the PIN was changed here', held('active', 2, Uint8Array.of(9)), held('active', 1)],
  ] as const)('MO-2.4 PIN-06 an answer that comes late wipes nothing: meanwhile %s', (_, now, asked) => {
    expect(taken(now, asked, { ...told, status: 'unsynced', pinEpoch: 2 })).toEqual({
      tenant: told.tenant,
      contact: told.contact,
    });
  });

  it('MO-2.5 that it is revoked holds whenever it was said', () => {
    const change = taken(held('active', 2), held('unsynced', 1, null), { ...told, status: 'revoked', pinEpoch: 2 });
    expect(change).toMatchObject({ status: 'revoked', store: null, biometric: null });
  });
});

describe('MO-2.5 MO-6.3 the screen of an account', () => {
  it.each([
    ['account', 'active', 'account'],
    ['code', 'active', 'code'],
    ['sync', 'active', 'sync'],
    ['account', 'unsynced', 'sync'],
    ['code', 'unsynced', 'sync'],
    ['code', 'new-pin', 'sync'],
    ['biometric', 'unsynced', 'sync'],
    ['pin', 'unsynced', 'pin'],
    ['manage', 'unsynced', 'manage'],
    ['code', 'revoked', 'account'],
    ['sync', 'revoked', 'account'],
    ['pin', 'revoked', 'account'],
    ['manage', 'revoked', 'manage'],
  ] as const)('MO-6.3 %s of one that is %s is %s', (asked, status, shown) => {
    expect(screenOf(asked, status)).toBe(shown);
  });
});

describe('MO-2.3 an account that is on the phone already', () => {
  const one = { tenant: { id: 't1', name: 'Tenant' }, account: '700001' };
  const ticket = { ...one, isFirst: false };
  it.each([
    ['is found', 'active', ticket, true],
    ['is found before its PIN is chosen', 'new-pin', { ...ticket, isFirst: true }, true],
    ['is found after a reset', 'unsynced', { ...ticket, isFirst: true }, true],
    ['may be replaced by a registration that begins anew', 'active', { ...ticket, isFirst: true }, false],
    ['is of no use once it is removed', 'revoked', ticket, false],
    ['is another of the same number at another house', 'active', { ...ticket, tenant: { id: 't2', name: 'T' } }, false],
    ['is another', 'active', { ...ticket, account: '700002' }, false],
  ] as const)('MO-2.3 it %s', (_, status, view, found) => {
    expect(heldHere([{ ...one, status }], view) !== undefined).toBe(found);
  });
});
