// A phone is woken through a push service: a stand-in that speaks TLS, checks who sends, and opens what was sent as a browser would.
import { execFileSync } from 'node:child_process';
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, jwtVerify } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { isPushService } from '../../src/channels/web-push/web-push.ts';
import { ACCOUNT, another, aPhoneHouse, aVisitor, push, waiting } from '../approval-kit.ts';
import { open, signed } from '../enrolment-kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-push-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Pushed {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** A push service on this machine, with a certificate of its own. */
async function aPushService(answer: (nth: number) => number = () => 201) {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
    ].concat(['-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']),
    { stdio: 'ignore' },
  );
  const received: Pushed[] = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(answer(received.length)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    received,
    host,
    push: { hosts: [host], ca: readFileSync(cert, 'utf8'), subject: 'mailto:ops@hufu.test', timeoutMs: 2000 },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A browser's side of a subscription (RFC 8291). */
function aSubscription(host: string) {
  const ecdh = createECDH('prime256v1');
  const point = ecdh.generateKeys();
  const auth = randomBytes(16);
  return {
    body: {
      endpoint: `https://${host}/push/${randomBytes(8).toString('hex')}`,
      p256dh: point.toString('base64url'),
      auth: auth.toString('base64url'),
    },
    /** Opens an aes128gcm body (RFC 8188). */
    open(body: Buffer): string {
      const salt = body.subarray(0, 16);
      const length = body.readUInt8(20);
      const sender = body.subarray(21, 21 + length);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, sender]);
      const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
      const sealed = body.subarray(21 + length);
      const opening = createDecipheriv('aes-128-gcm', key, nonce);
      opening.setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
      return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
    },
  };
}

describe('a phone that is asked', () => {
  it('CM-3.2 is woken by its push service, told that somebody asks and nothing else', async () => {
    await using service = await aPushService();
    await using a = await aPhoneHouse({ push: service.push });
    const { h, phone } = a;
    const { key } = (await h.call('GET', '/v1/app/push-key', undefined, { authorization: '' })).body;
    expect(key).toMatch(/^B[\w-]{86}$/);
    const subscription = aSubscription(service.host);
    expect((await signed(h, phone, 'PUT', '/v1/app/push', subscription.body)).status).toBe(204);
    const asked = await push(await aVisitor(h));
    await h.outbox();
    expect(service.received).toHaveLength(1);
    const [one] = service.received;
    expect(one).toMatchObject({ path: new URL(subscription.body.endpoint).pathname, headers: { urgency: 'high' } });
    const told = subscription.open(one?.body ?? Buffer.alloc(0));
    expect(JSON.parse(told)).toEqual({ title: '國安證券', body: '有登入等待閣下確認，請打開應用程式查看' });
    for (const secret of [ACCOUNT, asked.number, asked.id, '127.0.0.1']) expect(told).not.toContain(secret);
    // Signed by the key the phone subscribed with (RFC 8292).
    const [, jwt = '', k = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(String(one?.headers['authorization'])) ?? [];
    expect(k).toBe(key);
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
    const { payload } = await jwtVerify(jwt, await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256'));
    expect(payload).toMatchObject({ aud: `https://${service.host}`, sub: 'mailto:ops@hufu.test' });
    expect((await waiting(h, phone)).map((s: { id: string }) => s.id)).toEqual([asked.id]);
  });

  it('CM-3.2 is forgotten by a service that no longer knows it, and then asked only when the app is open', async () => {
    await using service = await aPushService(() => 410);
    await using a = await aPhoneHouse({ push: service.push });
    const { h, phone } = a;
    await signed(h, phone, 'PUT', '/v1/app/push', aSubscription(service.host).body);
    await push(await aVisitor(h));
    await h.outbox();
    expect(service.received).toHaveLength(1);
    expect(await h.house.db.query('SELECT phone_id FROM push_subscriptions', {})).toEqual([]);
    await push(await aVisitor(h));
    await h.outbox();
    expect(service.received).toHaveLength(1);
    expect(await waiting(h, phone)).toHaveLength(2);
  });

  it('CM-3.2 wakes only those of the account, keeps where sealed, and stops when it is told to', async () => {
    await using service = await aPushService();
    await using a = await aPhoneHouse({ push: service.push });
    const { h, phone, token } = a;
    const second = await another(h, token);
    const [one, two] = [aSubscription(service.host), aSubscription(service.host)];
    await signed(h, phone, 'PUT', '/v1/app/push', one.body);
    await signed(h, second, 'PUT', '/v1/app/push', two.body);
    const stored = await h.house.db.query('SELECT sealed FROM push_subscriptions', {});
    expect(stored).toHaveLength(2);
    for (const row of stored) expect(Buffer.from(row['sealed'] as Uint8Array).includes('localhost')).toBe(false);
    await signed(h, second, 'DELETE', '/v1/app/push');
    await push(await aVisitor(h));
    await h.outbox();
    expect(service.received.map((p) => p.path)).toEqual([new URL(one.body.endpoint).pathname]);
  });

  it.each([
    'https://169.254.169.254/latest',
    'https://hufu.test/push/1',
    'http://fcm.googleapis.com/fcm/send/1',
    'https://fcm.googleapis.com:8443/fcm/send/1',
    'https://fcm.googleapis.com.evil.example/1',
    'https://user@fcm.googleapis.com/1',
    'https://evil.example/?fcm.googleapis.com',
  ])('CM-3.2 is not woken at an address of its own choosing: %s', async (endpoint) => {
    expect(isPushService(endpoint)).toBe(false);
    await using a = await aPhoneHouse();
    const answer = await signed(a.h, a.phone, 'PUT', '/v1/app/push', { ...aSubscription('x').body, endpoint });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-request']);
  });

  it('CM-3.2 must say so itself, with keys that are keys', async () => {
    await using a = await aPhoneHouse();
    const { h, phone } = a;
    const { body } = aSubscription('fcm.googleapis.com');
    expect((await open(h, 'push', body)).status).toBe(405);
    expect((await h.call('PUT', '/v1/app/push', body, { authorization: '' })).status).toBe(401);
    for (const wrong of [{ p256dh: `B${'A'.repeat(86)}` }, { auth: 'A'.repeat(21) }])
      expect((await signed(h, phone, 'PUT', '/v1/app/push', { ...body, ...wrong })).status).toBe(400);
    expect((await signed(h, phone, 'PUT', '/v1/app/push', body)).status).toBe(204);
  });
});
