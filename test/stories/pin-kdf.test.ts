// How a PIN becomes a key is chosen once for an account: Argon2id, or PBKDF2 where the first phone has no WebAssembly. No phone's word lowers it afterwards;
// an operator's reset may, by name.
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/web/app/pin/box.ts';
import { firstPhone, furtherPhone, join, logInBy, mailedCode, PIN, prove, register, signed } from '../enrolment-kit.ts';
import { type Answer, aHouse, presetText, type TestHouse } from '../kit.ts';
import { anOperator } from '../operator-kit.ts';
import type { TestPhone } from '../phone.ts';

const POOR = ['pbkdf2-sha256'];
const RICH = ['argon2id', 'pbkdf2-sha256'];
const ARGON2ID = { name: 'argon2id', memoryKiB: 65_536, passes: 3 };
const PBKDF2 = { name: 'pbkdf2-sha256', iterations: 600_000 };
const desk = { operator: 'desk-3', reason: 'called back' };

const withAccount = async (more: Parameters<typeof aHouse>[0] = {}) => {
  const h = await aHouse({ preset: 'mobile-otp', ...more });
  await h.account('700004', { email: 'a@example.com' });
  return { h, ...(await register(h, '700004')) };
};
const at = (phone: TestPhone, what: string) => `/v1/app/phones/${phone.id}/${what}`;
const sync = (h: TestHouse, phone: TestPhone, kdfs?: readonly string[]): Promise<Answer> =>
  signed(h, phone, 'POST', at(phone, 'sync'), kdfs === undefined ? {} : { kdfs });

/** Sets the PIN of a phone that has a box, saying what its key went through. */
async function choose(h: TestHouse, phone: TestPhone, box: Box, kdf?: string, pin = PIN): Promise<Answer> {
  await phone.makeStore(box, pin);
  const body = { tag: await phone.tagOf(pin), output: await phone.codeFrom(pin, h.clock.now) };
  return signed(h, phone, 'POST', at(phone, 'pin'), kdf === undefined ? body : { ...body, kdf });
}
const reset = (h: TestHouse, more: object = {}): Promise<Answer> =>
  h.call('POST', '/v1/console/accounts/700004/pin-reset', { ...desk, ...more });

describe('the way from a PIN to a key', () => {
  it('MO-2.2 MO-4.2 is Argon2id where the first phone can, and it stays so for every phone after it', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const { phone, answer } = await join(h, { token }, 'First', RICH);
    expect(answer.body.kdf).toEqual(ARGON2ID);
    expect((await choose(h, phone, answer.body.box, 'argon2id')).status).toBe(200);
    const further = await join(h, { token }, 'Further', RICH);
    expect(further.answer.body.kdf).toEqual(ARGON2ID);
    expect((await sync(h, further.phone, RICH)).body).toMatchObject({ state: 'set', kdf: ARGON2ID });
  });

  it('MO-2.2 MO-4.2 is PBKDF2 for a first phone without WebAssembly; its codes log in, and a phone that can do more joins it', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const { phone, answer } = await join(h, { token }, 'Lockdown', POOR);
    expect(answer.body.kdf).toEqual(PBKDF2);
    phone.joined(answer.body);
    expect((await choose(h, phone, answer.body.box, 'pbkdf2-sha256')).status).toBe(200);
    h.pass(60);
    expect((await logInBy(h, '700004', await phone.codeFrom(PIN, h.clock.now))).body.status).toBe('satisfied');

    const { phone: further, answer: joined } = await join(h, { token }, 'Further', RICH);
    expect(joined.body.kdf).toEqual(PBKDF2);
    expect((await prove(h, further, '999999')).body.code).toBe('verification-failed');
    expect((await prove(h, further)).status).toBe(200);
    const set = (await h.audit()).find((e) => e.event === 'pin.set');
    expect(set?.data).toMatchObject({ kdf: 'pbkdf2-sha256' });
  });

  it('MO-4.2 PIN-03 an app from before the choice says nothing and is told Argon2id', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const { phone, answer } = await join(h, { token }, 'Old app');
    expect(answer.body.kdf).toEqual(ARGON2ID);
    expect((await choose(h, phone, answer.body.box)).status).toBe(200);
  });

  it('MO-4.2 a phone that claims to know no Argon2id weakens nobody: it is refused, takes no slot, and nothing has changed', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const first = await firstPhone(h, token);
    const { answer } = await join(h, { token }, 'Claims less', POOR);
    expect(answer).toMatchObject({ status: 409, body: { code: 'pin-key-unsupported' } });
    expect(answer.body.detail).toContain('852-2700 0000');
    expect((await h.call('GET', '/v1/accounts/700004/phones')).body.slots).toEqual({ used: 1, of: 5 });
    // Neither does one that joined honestly and claims it afterwards.
    const { phone } = await join(h, { token }, 'Claims later', RICH);
    expect((await sync(h, phone, POOR)).body.code).toBe('pin-key-unsupported');
    expect((await sync(h, phone, RICH)).body).toMatchObject({ state: 'set', kdf: ARGON2ID });
    expect((await furtherPhone(h, token)).id).not.toBe(first.id);
  });

  it('MO-4.2 MO-6.3 neither does a reset without a word about it, nor a new issue that replaces the phones: the account keeps what it had', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const first = await firstPhone(h, token);
    expect((await reset(h)).status).toBe(200);
    expect((await sync(h, first, POOR)).body.code).toBe('pin-key-unsupported');
    const begun = await sync(h, first, RICH);
    expect(begun.body).toMatchObject({ state: 'needs-pin', kdf: ARGON2ID });
    // A phone that was told one way and says another is asked to begin anew.
    expect(await choose(h, first, begun.body.box, 'pbkdf2-sha256', '314159')).toMatchObject({
      status: 409,
      body: { code: 'superseded' },
    });
    expect((await choose(h, first, begun.body.box, 'argon2id', '314159')).status).toBe(200);
    const path = '/v1/console/accounts/700004/registration';
    expect((await h.call('POST', path, { ...desk, mode: 'replace' })).status).toBe(201);
    const next = { account: '700004', code: await mailedCode(h) };
    expect((await join(h, next, 'Claims less', POOR)).answer.body.code).toBe('pin-key-unsupported');
    expect((await join(h, next, 'Honest', RICH)).answer.body).toMatchObject({ role: 'main', kdf: ARGON2ID });
  });

  it('MO-6.3 PIN-08 an operator’s reset that names it is the way on for a phone without WebAssembly, and on record', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const first = await firstPhone(h, token);
    expect((await reset(h, { kdf: 'pbkdf2-sha256' })).status).toBe(200);
    expect((await h.audit()).find((e) => e.event === 'pin.reset')?.data).toMatchObject({ kdf: 'pbkdf2-sha256' });
    const { phone, answer } = await join(h, { token }, 'Lockdown', POOR);
    expect(answer.status).toBe(201);
    const begun = await sync(h, first, RICH);
    expect(begun.body.kdf).toEqual(PBKDF2);
    first.joined({ ...begun.body, phone: first.id, accountId: answer.body.accountId });
    expect((await choose(h, first, begun.body.box, 'pbkdf2-sha256', '314159')).status).toBe(200);
    expect((await prove(h, phone, '314159')).status).toBe(200);
    // And back again.
    expect((await reset(h, { kdf: 'argon2id' })).status).toBe(200);
    expect((await sync(h, first, RICH)).body.kdf).toEqual(ARGON2ID);
  });

  it('MO-6.3 OP-1.2 the console’s operator is told what the PIN goes through, and changes it to another name that exists, or not at all', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const op = await anOperator(h, { roles: ['security'] });
    const options = async () => (await op.call('GET', '/v1/console/accounts/700004/actions')).body;
    expect((await options()).pin).toBeUndefined();
    await firstPhone(h, token);
    expect((await options()).pin).toEqual({ kdf: 'argon2id', mayFallback: true });
    const path = '/v1/console/accounts/700004';
    const seen = (kdf: string) => op.call('POST', `${path}/actions:preview`, { action: 'reset-pin', kdf });
    expect((await seen('md5')).status).toBe(400);
    expect((await seen('pbkdf2-sha256')).status).toBe(200);
    expect((await op.call('POST', `${path}/pin-reset`, { reason: 'R03', kdf: 'pbkdf2-sha256' })).status).toBe(200);
    expect((await h.audit()).find((e) => e.event === 'pin.reset')).toMatchObject({
      actor: `operator:${op.login}`,
      data: { kdf: 'pbkdf2-sha256' },
    });
  });

  it('MO-6.3 OPS-01 an edited case asks for no other way of a PIN than there is', async () => {
    const policy = `${presetText('mobile-otp')}\nconsole: { secondOperator: [reset-pin] }\n`;
    const { h, token } = await withAccount({ policy });
    await using _ = h;
    await firstPhone(h, token);
    const op = await anOperator(h, { roles: ['security'] });
    const asked = await op.call('POST', '/v1/console/accounts/700004/pin-reset', { reason: 'R03' });
    const edit = (kdf: string) =>
      op.call('PUT', `/v1/console/cases/${asked.body.case.id}`, { revision: 1, reason: 'R03', input: { kdf } });
    expect((await edit('md5')).status).toBe(400);
    expect((await edit('pbkdf2-sha256')).body).toMatchObject({ revision: 2, input: { kdf: 'pbkdf2-sha256' } });
  });

  it('MO-2.2 ENR-05 a phone that joined first and never set the PIN decides nothing', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    const { phone: poor, answer } = await join(h, { token }, 'Looked in WeChat first', POOR);
    expect(answer.body.kdf).toEqual(PBKDF2);
    const rich = await join(h, { token }, 'Then installed', RICH);
    expect(rich.answer.body.kdf).toEqual(ARGON2ID);
    expect((await choose(h, rich.phone, rich.answer.body.box, 'argon2id')).status).toBe(200);
    poor.joined(answer.body);
    expect((await choose(h, poor, answer.body.box, 'pbkdf2-sha256')).body.code).toBe('superseded');
    expect((await sync(h, poor, POOR)).body.code).toBe('pin-key-unsupported');
  });

  it('MO-4.2 STO-15 a PIN that a node from before the choice has set counts as Argon2id', async () => {
    const { h, token } = await withAccount();
    await using _ = h;
    await firstPhone(h, token);
    await h.house.db.run([{ sql: 'UPDATE account_pins SET kdf = NULL', rows: 'one', values: {} }]);
    expect((await join(h, { token }, 'Claims less', POOR)).answer.body.code).toBe('pin-key-unsupported');
    expect((await join(h, { token }, 'Honest', RICH)).answer.body.kdf).toEqual(ARGON2ID);
  });

  it('MO-4.2 a policy without the fallback takes no phone without WebAssembly, and no reset to it', async () => {
    const { h, token } = await withAccount({
      policy: presetText('mobile-otp').replace('maxDigits: 20 }', 'maxDigits: 20, fallback: false }'),
    });
    await using _ = h;
    expect((await join(h, { token }, 'Lockdown', POOR)).answer.body.code).toBe('pin-key-unsupported');
    const { phone, answer } = await join(h, { token }, 'Lies', RICH);
    phone.joined({ ...answer.body, kdf: PBKDF2 });
    expect((await choose(h, phone, answer.body.box, 'pbkdf2-sha256')).body.code).toBe('superseded');
    await firstPhone(h, token);
    expect(await reset(h, { kdf: 'pbkdf2-sha256' })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });
});
