// The demo's webmail and the mail server behind it: a real Dovecot that opens a mailbox by the access token of a login, and no other mailbox by it.
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxOf } from '../../demo/webmail/mailbox.ts';
import { WORDS } from '../../demo/webmail/words.ts';
import { startDovecot } from '../../src/commands/demo-data/dovecot.ts';
import { oidcStore } from '../../src/storage/oidc.ts';
import { type AppServer, aServer } from '../e2e/app-kit.ts';
import { aDemo } from '../e2e/kit.ts';
import { aBrowser, signIn, visit } from '../e2e/people.ts';
import { may, needs } from './peer.ts';

const WEI = 'wei@lark.example';
const PASSWORD = 'correct horse battery';
const BACK = 'http://127.0.0.1:1/callback';
/** What the IMAP client says of a login that was not taken. */
const REFUSED = { authenticationFailed: true };

let hufu: AppServer;
let browser: Browser;
beforeAll(async () => {
  if (!may('dovecot')) return;
  [hufu, browser] = await Promise.all([aServer({ preset: 'mail' }), aBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await hufu?.[Symbol.asyncDispose]();
});

/** The access token a relying party is given when a person logs in at the hosted pages. */
async function tokenOf(account: string): Promise<string> {
  const id = `rp-${randomBytes(4).toString('hex')}`;
  const { db, keys } = hufu.h.house;
  await oidcStore(db, keys).addClient('t1', { id, name: 'RP', metadata: { redirect_uris: [BACK] }, secret: 'secret' });
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: id,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: BACK,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const { page, context } = await visit(browser, `${hufu.url}/oidc/t1/auth?${query.toString()}`);
  const back = page.waitForRequest((request) => request.url().startsWith(BACK));
  await signIn(page, account, PASSWORD);
  const code = new URL((await back).url()).searchParams.get('code') ?? '';
  await context.close();
  const reply = await fetch(`${hufu.url}/oidc/t1/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:secret`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: verifier }),
  });
  return ((await reply.json()) as { access_token: string }).access_token;
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.unref();
  });

describe('the mail server of the demo', () => {
  it('IN-1.4 OIDC-06 opens the mailbox of whoever logged in, by that login alone, and ends when it is told to', async (context) => {
    needs('dovecot', context);
    for (const account of [WEI, 'jige@lark.example']) await hufu.h.account(account, { password: PASSWORD });
    const issuer = `${hufu.url.replace('localhost', '127.0.0.1')}/oidc/t1`;
    const server = await startDovecot(issuer, [
      { user: WEI, locale: 'en' },
      { user: 'jige@lark.example', locale: 'zh-CN' },
    ]);
    if (server === null) throw new Error('Dovecot 2.3 did not start');
    try {
      const token = await tokenOf(WEI);
      const letters = await inboxOf(server, WEI, token);
      expect(letters.map(({ from, subject }) => ({ from, subject }))).toEqual(
        WORDS.en.letters.map(({ from, subject }) => ({ from, subject })),
      );
      // Another's mailbox, a made-up token, and the token of an account that was suspended meanwhile.
      await expect(inboxOf(server, 'jige@lark.example', token)).rejects.toMatchObject(REFUSED);
      await expect(inboxOf(server, WEI, `${token.slice(0, -2)}xx`)).rejects.toMatchObject(REFUSED);
      expect((await hufu.h.call('PUT', `/v1/accounts/${WEI}`, { status: 'suspended' })).status).toBe(200);
      await expect(inboxOf(server, WEI, token)).rejects.toMatchObject(REFUSED);
    } finally {
      await server.close();
    }
    expect(await isOpen(server.port)).toBe(false);
  });

  it('IN-1.2 IN-1.4 the webmail shows the mailbox of who logged in, in its own language', async (context) => {
    needs('dovecot', context);
    const demo = await aDemo();
    try {
      // The browser speaks Chinese, the mailbox English.
      const person = await visit(browser, `${demo.url}/demo/webmail/`, { locale: 'zh-CN' });
      const { page } = person;
      await page.getByRole('link', { name: '登录邮箱' }).click();
      await signIn(page, 'amy@lark.example', 'yunque-amy');
      await page.locator('[data-mailbox=served]').waitFor();
      expect(await page.locator('.letters .subject').allInnerTexts()).toEqual(WORDS.en.letters.map((l) => l.subject));
      expect(await page.locator('[data-mailbox]').innerText()).toBe(WORDS['zh-CN'].served);
      expect(person.faults).toEqual([]);
      await person.context.close();
    } finally {
      await demo.close();
    }
  });
});
