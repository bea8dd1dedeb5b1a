// The pages for integrators, run: their program and their commands against a listening server.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as jose from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS, type Endpoint, isPublic, whoCalls } from '../../src/contract/endpoints.ts';
import { answer, claim } from '../approval-kit.ts';
import { firstPhone } from '../enrolment-kit.ts';
import { aHouse, bindTotp, codeOf, presetText, STAR_95, type TestHouse } from '../kit.ts';

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((m) => m[1]!);

/** What the page's program defines, for a back end of this tenant. */
function integrator(tenant: string): any {
  const program = blocks(page('integrate/http.md'), 'js')
    .join('\n')
    .replace(/^import .*$/gm, '');
  const env = { HUFU_URL: url, HUFU_KEY: h.token, HUFU_TENANT: tenant, HUFU_ISSUER: 'https://hufu.test' };
  const names = ['randomUUID', 'createRemoteJWKSet', 'jwtVerify', 'process'];
  const source = `${program}\nreturn { hufu, login, approveOnPhone, checked, bind, unbind, devices, revoke };`;
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- the text is our own page, and running it is the point
  return new Function(...names, source)(randomUUID, jose.createRemoteJWKSet, jose.jwtVerify, { env });
}

let h: TestHouse & AsyncDisposable;
let url: string;

const withApp = presetText('star-rollout')
  .replaceAll('[totp, recovery-code]', '[app, totp, recovery-code]')
  .replace('unbound: totp }\n    challenge: [sms]', 'unbound: totp }\n    challenge: [app, sms]');

beforeAll(async () => {
  // Assertions are checked against the real clock, so the house lives at the real time, at the start of a step.
  h = await aHouse({
    now: Math.floor(Date.now() / 30_000) * 30_000,
    policy: `${withApp}\nenrolment: { selfService: true }\ndevices: { bindOnFirstCode: true, kinds: [desktop], required: false }\n`,
  });
  await h.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(h.app.server.address() as { port: number }).port}`;
});
afterAll(() => h.close());

describe('IN-1.1 docs/integrate/http.md', () => {
  it('IN-1.1 its program logs in, checks the assertion, binds, unbinds and removes a device', async () => {
    const guide = integrator(h.tenant);
    const client = { ...STAR_95, deviceId: 'pc-1', name: 'PC', ip: '203.0.113.7' };
    await h.account('700001');

    let wrongFirst = true;
    const bySms = await guide.login('700001', client, async () => {
      const code = await h.smsCode();
      if (!wrongFirst) return code;
      wrongFirst = false;
      return code === '000000' ? '111111' : '000000';
    });
    expect(bySms).toMatchObject({
      sub: '700001',
      aud: 'star-9.5',
      acr: 'urn:hufu:aal2',
      amr: ['pwd', 'sms', 'mfa'],
      tenant: 't1',
      purpose: 'login',
    });

    let uri = '';
    const bound = await guide.bind('700001', client, bySms.login, async (started: { uri: string; qr: string }) => {
      uri = started.uri;
      expect(started.qr).toMatch(/^data:image\/png/);
      return codeOf(uri, h.clock.now);
    });
    expect(bound).toMatchObject({ status: 'bound', offerRecoveryCodes: true });
    h.pass(30);
    const byTotp = await guide.login('700001', client, async (chosen: { type: string }) => {
      expect(chosen.type).toBe('totp');
      return codeOf(uri, h.clock.now);
    });
    expect(byTotp.amr).toEqual(['pwd', 'otp', 'mfa']);

    const [device] = await guide.devices('700001');
    expect(device).toMatchObject({ name: 'PC', status: 'active' });
    await guide.unbind('700001', client, byTotp.login, async () => codeOf(uri, h.clock.now, 1));
    expect(
      (await h.call('GET', '/v1/accounts/700001')).body.authenticators.map((a: { type: string }) => a.type),
    ).toEqual(['sms']);
    await guide.revoke('700001', device.id);
    await expect(guide.login('700001', client, () => '')).rejects.toMatchObject({
      problem: { code: 'device-revoked', status: 403 },
    });
    await expect(guide.hufu('GET', '/v1/accounts/799999')).rejects.toMatchObject({
      problem: { code: 'account-unknown' },
    });
  });

  it('IN-1.1 CM-3.2 its program lets in whom a phone approves, and nobody whom it denies', async () => {
    const guide = integrator(h.tenant);
    await h.account('700003', { phone: '+85291230003' });
    const start = { account: '700003', client: STAR_95, firstFactor: 'verified' };
    const bySms = (await h.call('POST', '/v1/logins', start)).body;
    await h.call('POST', `/v1/logins/${bySms.id}/send`, {});
    await h.call('POST', `/v1/logins/${bySms.id}/verify`, { output: await h.smsCode() });
    const ticket = (await h.call('POST', '/v1/accounts/700003/registration', { client: STAR_95 })).body;
    const phone = await firstPhone(h, ticket.url.split('/s/')[1]);
    const approve = async (given: 'approve' | 'deny'): Promise<{ readonly amr: readonly string[] }> => {
      const { id } = (await h.call('POST', '/v1/logins', start)).body;
      const waits = guide.approveOnPhone(id, STAR_95, (qr: string) => expect(qr).toMatch(/^data:image\/png/));
      // Another QR of the same login: the page's own is a picture.
      const { url: scanned } = (await h.call('POST', `/v1/logins/${id}/scan`, {})).body;
      const sheet = await claim(h, phone, scanned.split('/s/')[1]);
      await answer(h, phone, sheet.body, given);
      return waits;
    };
    expect((await approve('approve')).amr).toEqual(['pwd', 'swk', 'user', 'mfa']);
    await expect(approve('deny')).rejects.toThrow('the login is refused');
  });

  it('IN-1.1 an assertion of another tenant, another login or after its time is not accepted', async () => {
    await h.account('700002');
    const { uri } = await bindTotp(h, '700002', { ...STAR_95 });
    h.pass(30);
    const started = await h.call('POST', '/v1/logins', { account: '700002', client: STAR_95, firstFactor: 'verified' });
    const done = await h.call('POST', `/v1/logins/${started.body.id}/verify`, { output: codeOf(uri, h.clock.now) });
    const checked = (tenant: string) => integrator(tenant).checked;
    const assertion = done.body.assertion as string;
    expect(await checked('t1')(assertion, started.body.id, STAR_95)).toMatchObject({ sub: '700002' });
    await expect(checked('t2')(assertion, started.body.id, STAR_95)).rejects.toThrow('another login');
    await expect(checked('t1')(assertion, 'lgn_other', STAR_95)).rejects.toThrow('another login');
    await expect(checked('t1')(assertion, started.body.id, { id: 'star-9.3' })).rejects.toThrow(/aud/);
    const [head, body, signature] = assertion.split('.') as [string, string, string];
    const forged = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: '700001' }),
    ).toString('base64url');
    await expect(checked('t1')(`${head}.${forged}.${signature}`, started.body.id, STAR_95)).rejects.toThrow(
      /signature/,
    );
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect(checked('t1')(`${none}.${body}.`, started.body.id, STAR_95)).rejects.toThrow(
      /signature|alg|Algorithm/,
    );
  });
});

describe('IN-1.1 docs/reference/api.md', () => {
  it('IN-1.1 its commands are a login in two calls', async () => {
    await h.account('700004');
    const { uri } = await bindTotp(h, '700004');
    h.pass(30);
    const [ready, start, verify] = blocks(page('reference/api.md'), 'sh') as [string, string, string];
    const run = async (script: string, more: Record<string, string> = {}) =>
      JSON.parse(
        (
          await promisify(execFile)('sh', ['-c', script], {
            env: { PATH: process.env['PATH'] ?? '', HUFU_URL: url, HUFU_KEY: h.token, ...more },
          })
        ).stdout,
      );
    expect(await run(ready)).toEqual({ status: 'ok', failing: [] });
    const started = await run(start);
    expect(started).toMatchObject({ account: '700004', status: 'challenge' });
    expect(await run(verify, { LOGIN: started.id, CODE: '12' })).toMatchObject({
      status: 422,
      code: 'verification-failed',
      attemptsLeft: expect.any(Number),
    });
    const again = await run(start);
    expect(await run(verify, { LOGIN: again.id, CODE: codeOf(uri, h.clock.now) })).toMatchObject({
      status: 'satisfied',
      assertion: expect.stringMatching(/^eyJ/),
    });
  });

  it('IN-1.1 its table is the endpoint table', () => {
    const rows = page('reference/api.md').match(/^\| `.*$/gm);
    expect(rows).toEqual(
      (Object.values(ENDPOINTS) as Endpoint[])
        .filter(isPublic)
        .map(
          (e) =>
            `| \`${e.method} ${e.path}\` | ${{ anyone: 'open', key: `\`${e.scope}\`` }[whoCalls(e) as string] ?? whoCalls(e)} | ${e.summary} |`,
        ),
    );
  });
});
