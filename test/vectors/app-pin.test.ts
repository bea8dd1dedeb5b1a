// The app's crypto against vectors computed by other code (node:crypto and @node-rs/argon2), byte for byte.
import { createCipheriv, createECDH, createHash, createPublicKey, hkdfSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../src/web/app/pin/bytes.ts';
import { newDeviceKeys, signApproval, signRequest } from '../../src/web/app/pin/device.ts';
import { masked } from '../../src/web/app/pin/pin.ts';
import { ARGON2ID, pinBytes } from '../../src/web/app/pin/stretch.ts';
import { weaknessOf } from '../../src/web/app/pin/weak.ts';
import { open, perform } from '../../src/web/app/pin/work.ts';
import { newPhone } from '../phone.ts';
import { disagreements, type PinCase } from './app-pin.check.ts';
import vectors from './app-pin.json' with { type: 'json' };

const cases = vectors.cases as unknown as PinCase[];
const first = cases[0] as PinCase;
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const place = { account: first.account, phone: first.phone, salt: bytes(first.salt) };

describe('MO-2.2 MO-4.2 the app’s crypto', () => {
  it('MO-4.2 gives the bytes of the vectors: Argon2id, PBKDF2, mask, code, tag, proof, box', async () => {
    expect(await disagreements(cases)).toEqual([]);
    const damaged = cases.map((one) => ({ ...one, salt: `${one.salt.slice(0, -2)}01` }));
    expect((await disagreements(damaged)).length).toBeGreaterThan(10);
  });

  it('MO-4.2 a PIN typed in full-width digits is the same PIN', () => {
    expect(pinBytes('７３０５１６')).toEqual(pinBytes('730516'));
  });

  it('PIN-10 the worker’s acts wipe the PIN they were given, and tell only code, C, tag and proof', async () => {
    const pin = pinBytes('730516');
    const m = await open({ from: 'pin', pin, salt: place.salt, kdf: ARGON2ID });
    expect([...pin]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Buffer.from(m).toString('hex')).toBe(first.m);
    const store = bytes(first.store);
    const { at, code } = first.codes[2] as PinCase['codes'][number];
    expect(await perform(m, { act: 'code', store, place, at })).toEqual({ code });
    expect(Buffer.from(store).toString('hex')).toBe(first.store);
    const { proof, ...rest } = await perform(m, { act: 'proof', nonce: bytes(first.nonce), place });
    expect(Buffer.from(proof ?? []).toString('hex')).toBe(first.proof);
    expect(rest).toEqual({});
    const next = pinBytes('284617');
    const jwk = { ...first.box.recipient, key_ops: ['deriveBits'] };
    const boxKey = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, [
      'deriveBits',
    ]);
    const change = { act: 'change', store, pin: next, kdf: ARGON2ID, box: first.box, boxKey, place, at } as const;
    const changed = await perform(m, change);
    expect(next.every((byte) => byte === 0)).toBe(true);
    // The vector's box holds the K of its own C, so both codes are K's; in life it is a fresh K (docs/reference/app-crypto.md).
    expect({ code: changed.code, first: changed.first }).toEqual({ code, first: code });
    const under = await open({ from: 'pin', pin: pinBytes('284617'), salt: place.salt, kdf: ARGON2ID });
    expect(Buffer.from(masked(changed.store ?? new Uint8Array(), under, place)).toString('hex')).toBe(first.key);
    expect(Buffer.from(changed.tag ?? []).equals(Buffer.from(first.tag, 'hex'))).toBe(false);
  });

  it('MO-3.1 M wrapped under a PRF key comes back by that key, for that phone, and by nothing else', async () => {
    const m = bytes(first.m);
    const prf = () => new Uint8Array(32).fill(7);
    const { wrapped } = await perform(m, { act: 'wrap', prf: prf(), place });
    if (wrapped === undefined) throw new Error('nothing was wrapped');
    const used = prf();
    expect(await open({ from: 'prf', prf: used, wrapped, place })).toEqual(m);
    expect(used.every((byte) => byte === 0)).toBe(true);
    const other = open({ from: 'prf', prf: new Uint8Array(32).fill(8), wrapped, place });
    await expect(other).rejects.toThrow('operation');
    const elsewhere = open({ from: 'prf', prf: prf(), wrapped, place: { ...place, phone: 'phn_2' } });
    await expect(elsewhere).rejects.toThrow('operation');
  });
});

describe('MO-2.1 CM-3.2 the phone’s own keys', () => {
  const publicKey = (spki: string) =>
    createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
  const holds = (spki: string, text: string, signature: string): boolean =>
    verify('sha256', Buffer.from(text), { key: publicKey(spki), dsaEncoding: 'ieee-p1363' }, fromBase64Url(signature));

  it('MO-2.1 sign a request over method, path, time and body, and cannot leave the phone', async () => {
    const { keys, signKey, boxKey } = await newDeviceKeys();
    for (const key of [keys.sign, keys.box])
      for (const format of ['pkcs8', 'jwk'] as const)
        await expect(crypto.subtle.exportKey(format, key as never)).rejects.toThrow('extractable');
    expect(fromBase64Url(boxKey)).toHaveLength(65);
    const body = '{"name":"李的手机"}';
    const path = '/v1/app/approvals?wait=25';
    const headers = await signRequest('phn_1', keys.sign, { method: 'POST', path, body, at: 1_795_140_000_123.4 });
    expect(headers).toMatchObject({ 'Hufu-Phone': 'phn_1', 'Hufu-Time': '1795140000123' });
    const digest = createHash('sha256').update(body).digest('base64url');
    const text = `hufu/request/v1\nPOST\n${path}\n1795140000123\n${digest}`;
    expect(fromBase64Url(headers['Hufu-Signature'])).toHaveLength(64);
    expect(holds(signKey, text, headers['Hufu-Signature'])).toBe(true);
    expect(holds(signKey, text.replace('wait=25', 'wait=26'), headers['Hufu-Signature'])).toBe(false);
  });

  it('CM-3.2 sign an answer over the server’s canonical bytes, the answer and the typed number', async () => {
    const { keys, signKey } = await newDeviceKeys();
    const canonical = 'hufu/approval/v1\napv_1\nlogin\n700004';
    const yes = await signApproval(keys.sign, canonical, 'approve', '47');
    expect(holds(signKey, `${canonical}\napprove\n47`, yes)).toBe(true);
    expect(holds(signKey, `${canonical}\napprove-trust\n47`, yes)).toBe(false);
    const no = await signApproval(keys.sign, canonical, 'deny');
    expect(holds(signKey, `${canonical}\ndeny\n`, no)).toBe(true);
  });

  it('MO-2.1 base64url survives the round trip and refuses anything else', () => {
    for (let length = 0; length < 70; length++) {
      const some = crypto.getRandomValues(new Uint8Array(length));
      expect(toBase64Url(some)).toBe(Buffer.from(some).toString('base64url'));
      expect(fromBase64Url(toBase64Url(some))).toEqual(some);
    }
    for (const bad of ['a+b', 'a/b', 'YQ==', 'é']) expect(() => fromBase64Url(bad)).toThrow('not base64url');
  });
});

describe('MO-2.4 two phones of one account', () => {
  /** The server's side of a box, by node:crypto. */
  function sealed(key: Uint8Array, boxKey: string, phone: string) {
    const server = createECDH('prime256v1');
    const ephemeralKey = server.generateKeys().toString('base64url');
    const shared = server.computeSecret(Buffer.from(boxKey, 'base64url'));
    const wrap = new Uint8Array(hkdfSync('sha256', shared, Buffer.from(phone), Buffer.from('hufu/box/v1'), 32));
    const iv = new Uint8Array(12);
    const cipher = createCipheriv('aes-256-gcm', wrap, iv).setAAD(Buffer.from(phone));
    const text = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { ephemeralKey, iv: Buffer.from(iv).toString('base64url'), sealed: text.toString('base64url') };
  }

  it('MO-2.4 with one PIN agree on the tag and answer the nonce, and each has codes of its own', async () => {
    const at = 1_795_140_000_000;
    const phones = await Promise.all(
      ['phn_1', 'phn_2'].map(async (phone, number) => {
        const one = await newPhone();
        one.joined({ phone, accountId: 'acc_1', salt: 'AAECAwQFBgcICQoLDA0ODw' });
        await one.makeStore(sealed(new Uint8Array(32).fill(number + 1), one.boxKey, phone), '730516');
        return one;
      }),
    );
    const [main, sub] = phones;
    if (main === undefined || sub === undefined) throw new Error('two phones');
    const nonce = 'obLD1OX2BxgpOktcbX6PkA';
    expect(await sub.tagOf('730516')).toBe(await main.tagOf('730516'));
    expect(await sub.tagOf('730517')).not.toBe(await main.tagOf('730516'));
    expect(await sub.proofOf('730516', nonce)).not.toBe(await main.proofOf('730516', nonce));
    expect(await main.codeFrom('730516', at)).toMatch(/^[0-9]{6}$/);
    expect(await main.codeFrom('730516', at)).not.toBe(await sub.codeFrom('730516', at));
    expect(await main.codeFrom('730516', at)).not.toBe(await main.codeFrom('730517', at));
    await expect(sub.openBox(sealed(new Uint8Array(32), main.boxKey, 'phn_1'))).rejects.toThrow('operation');
  });
});

describe('MO-2.2 a PIN that is chosen', () => {
  it.each([
    ['12345', 'length'],
    ['123456789012345678901', 'length'],
    ['12345a', 'length'],
    ['111111', 'same'],
    ['00000000', 'same'],
    ['123456', 'run'],
    ['987654', 'run'],
    ['8901234', 'run'],
    ['210987', 'run'],
    ['700004', 'account'],
    ['97000041', 'account'],
    ['730516', null],
    ['112233', null],
    ['135790', null],
  ])('MO-2.2 %s for account 700004: %s', (pin, weakness) => {
    expect(weaknessOf(pinBytes(pin), '700004')).toBe(weakness);
  });
  it('MO-2.2 an account that is a name or a few digits forbids nothing by accident', () => {
    expect(weaknessOf(pinBytes('730516'), 'wei@corp.cn')).toBe(null);
    expect(weaknessOf(pinBytes('730516'), '7')).toBe(null);
    expect(weaknessOf(pinBytes('880012'), '8800123456')).toBe('account');
  });
});
