// A relying party nobody here wrote, in front of a site: Apache with mod_auth_openidc, set up by the snippet of docs/integrate/oidc.md, and a person in
// a real browser who logs in at the hosted pages with a second step.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oidcStore } from '../../src/storage/oidc.ts';
import { type AppServer, aServer } from '../e2e/app-kit.ts';
import { Authenticator } from '../e2e/kit.ts';
import { aBrowser, signIn, visit } from '../e2e/people.ts';
import { bindInWebmail, MAIN_PASSWORD, WEBMAIL } from '../mail-kit.ts';
import { freePorts, type Peers, peers, put } from './mail-kit.ts';
import { may, needs } from './peer.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/integrate/oidc.md'), 'utf8');
const SNIPPET = /^```apache\n([\s\S]*?)^```/m.exec(PAGE)?.[1] ?? '';
const MODULES = '/usr/lib/apache2/modules';
const WEI = 'wei@lark.example';
const LIN = 'lin@lark.example';
/** The snippet's `/payroll` once more, as it says it may be written to let a backup mailbox in. */
const PAYROLL = /^<Location "\/payroll">\n[\s\S]*?^<\/Location>\n/m.exec(SNIPPET)?.[0] ?? '';
const LEAVE = put(
  PAYROLL,
  ['/payroll', '/leave'],
  ['urn:hufu:aal2', 'urn:hufu:email'],
  ['(aal2|phr)', '(email|aal2|phr)'],
);
/** What the site behind Apache is told of who is there. */
const TOLD = ['REMOTE_USER', 'OIDC_CLAIM_acr', 'OIDC_CLAIM_amr', 'OIDC_CLAIM_iss'];

let hufu: AppServer;
let browser: Browser;
let at: Peers;
let site: string;
let app: Authenticator;

beforeAll(async () => {
  if (!may('apache2')) return;
  [hufu, browser] = await Promise.all([aServer({ preset: 'mail' }), aBrowser()]);
  const { port } = await freePorts('port');
  site = `http://localhost:${port}`;
  const secret = 'a-secret-of-the-intranet';
  const { db, keys } = hufu.h.house;
  const metadata = { redirect_uris: [`${site}/oidc/callback`], post_logout_redirect_uris: [`${site}/bye`] };
  await oidcStore(db, keys).addClient('t1', { id: 'intranet', name: 'Intranet', metadata, secret });
  at = peers();
  const echo = TOLD.map((name) => `<p id="${name}"><!--#echo var="${name}" --></p>`).join('');
  for (const name of ['index.html', 'payroll', 'leave', 'bye'])
    at.file(name, `<!doctype html><title>${name}</title>${echo}`);
  const modules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', 'dir', 'include', 'auth_openidc'].map(
    (name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`,
  );
  const conf = at.file(
    'apache.conf',
    `${modules.join('\n')}
ServerRoot ${at.folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${at.folder}/apache.pid
Mutex file:${at.folder} default
DefaultRuntimeDir ${at.folder}
ErrorLog ${at.folder}/error.log
User nobody
Group nogroup
DocumentRoot ${at.folder}
DirectoryIndex index.html
SetOutputFilter INCLUDES
<Directory "${at.folder}">
  Options +Includes
</Directory>
${put(
  SNIPPET + LEAVE,
  ['https://hufu.example/oidc/lark', `${hufu.url}/oidc/t1`],
  ['https://intranet.example', site],
  ['put-the-printed-secret-here', secret],
)}`,
  );
  await at.start('apache2', ['-D', 'FOREGROUND', '-f', conf], port);
  // Bound a while ago: the step of now is not spent.
  hufu.skewMs = -120_000;
  await hufu.h.account(WEI, { password: MAIN_PASSWORD });
  const { uri } = await bindInWebmail(hufu.h, WEI);
  app = new Authenticator(uri);
  hufu.skewMs = 0;
});
afterAll(async () => {
  if (!may('apache2')) return;
  await at?.[Symbol.asyncDispose]();
  await browser?.close();
  await hufu?.[Symbol.asyncDispose]();
});

const told = async (page: Page): Promise<Record<string, string>> =>
  Object.fromEntries(await Promise.all(TOLD.map(async (name) => [name, await page.locator(`#${name}`).innerText()])));

/** The code, and the answer to whether this browser is to be trusted, where that is asked. */
async function enter(page: Page, code: string, trust?: RegExp): Promise<void> {
  await page.locator('input[name=code]').fill(code);
  await page
    .locator('form', { has: page.locator('input[name=code]') })
    .locator('button[type=submit]')
    .click();
  if (trust !== undefined) await page.getByRole('button', { name: trust }).click();
}

describe('Apache with mod_auth_openidc', () => {
  it('IN-1.2 OIDC-06 a person logs in at the hosted pages with a second step, and the site is told who and how', async (context) => {
    needs('apache2', context);
    const person = await visit(browser, `${site}/`);
    const { page } = person;
    await page.waitForURL(/\/t\/t1\/login/);
    await signIn(page, WEI, MAIN_PASSWORD);
    await page.locator('input[name=code]').waitFor();
    // Half-way through, nothing behind Apache opens in this browser.
    const half = await visit(browser, `${site}/`, { same: person.context });
    await half.page.waitForURL(/\/t\/t1\/login/);
    await half.page.close();
    await enter(page, await app.next(), /^临时登录$/);
    await page.waitForURL(`${site}/`);
    expect(await told(page)).toEqual({
      REMOTE_USER: WEI,
      OIDC_CLAIM_acr: 'urn:hufu:aal2',
      OIDC_CLAIM_amr: 'pwd,otp,mfa',
      OIDC_CLAIM_iss: `${hufu.url}/oidc/t1`,
    });
    expect((await page.goto(`${site}/payroll`))?.status()).toBe(200);
    expect(page.url()).toBe(`${site}/payroll`);

    // Out of the site is out of Hufu, after it asked; the site's next page asks for a login again.
    await page.goto(`${site}/oidc/callback?logout=${encodeURIComponent(`${site}/bye`)}`);
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL(`${site}/bye`);
    expect(await page.locator('#REMOTE_USER').innerText()).toBe('(none)');
    await page.goto(`${site}/`);
    await page.waitForURL(/\/t\/t1\/login/);
    await person.context.close();
  });

  it('IN-1.2 OIDC-06 CM-3.3 a trusted browser is let in by password and told as that; what needs a second step asks for it', async (context) => {
    needs('apache2', context);
    // The codes of the login before are spent.
    hufu.skewMs = 90_000;
    const code = (): string => app.at(Date.now() + hufu.skewMs);
    const person = await visit(browser, `${site}/`);
    const { page } = person;
    await page.waitForURL(/\/t\/t1\/login/);
    await signIn(page, WEI, MAIN_PASSWORD);
    await enter(page, code(), /^信任/);
    await page.waitForURL(`${site}/`);
    await page.goto(`${site}/oidc/callback?logout=${encodeURIComponent(`${site}/bye`)}`);
    await page.getByRole('button', { name: '退出' }).click();
    await page.waitForURL(`${site}/bye`);

    await page.goto(`${site}/`);
    await page.waitForURL(/\/t\/t1\/login/);
    await signIn(page, WEI, MAIN_PASSWORD);
    await page.waitForURL(`${site}/`);
    expect(await told(page)).toMatchObject({ OIDC_CLAIM_acr: 'urn:hufu:aal1', OIDC_CLAIM_amr: 'pwd,swk' });
    hufu.skewMs += 60_000;
    await page.goto(`${site}/payroll`);
    await page.waitForURL(/\/t\/t1\/login/);
    await signIn(page, WEI, MAIN_PASSWORD);
    await enter(page, code());
    await page.waitForURL(`${site}/payroll`);
    expect(await told(page)).toMatchObject({ REMOTE_USER: WEI, OIDC_CLAIM_acr: 'urn:hufu:aal2' });
    await person.context.close();
  });

  it('IN-1.2 OIDC-06 CM-2.2 a backup mailbox alone is no second factor: it opens what says so, and nothing more', async (context) => {
    needs('apache2', context);
    await hufu.h.account(LIN, { password: MAIN_PASSWORD });
    await hufu.h.call('POST', '/v1/logins', { account: LIN, client: WEBMAIL, firstFactor: 'verified' });
    const bindings = `/v1/accounts/${LIN}/bindings`;
    const asked = { type: 'email', client: WEBMAIL, address: 'lin@backup.example' };
    const { id } = (await hufu.h.call('POST', bindings, asked)).body;
    const code = async (): Promise<string> => {
      const mail = (await hufu.h.outbox()).find(({ to, text }) => to === asked.address && /\d{3} \d{3}/.test(text));
      return /(\d{3}) (\d{3})/.exec(mail?.text ?? '')?.[0].replace(' ', '') ?? '';
    };
    const bound = await hufu.h.call('POST', `${bindings}/${id}/confirm`, { output: await code() });
    expect(bound.status).toBe(200);
    hufu.skewMs += 120_000;

    const { page, context: own } = await visit(browser, `${site}/leave`);
    await page.waitForURL(/\/t\/t1\/login/);
    await signIn(page, LIN, MAIN_PASSWORD);
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.locator('input[name=code]').waitFor();
    await enter(page, await code());
    await page.waitForURL(`${site}/leave`);
    expect(await told(page)).toMatchObject({ OIDC_CLAIM_acr: 'urn:hufu:email', OIDC_CLAIM_amr: 'pwd,email' });
    await page.goto(`${site}/payroll`);
    await page.waitForURL(/\/t\/t1\/login/);
    await own.close();
  });

  it('IN-1.2 WEB-08 a form of another site asks as a link does: who is logged in comes back without a question', async (context) => {
    needs('apache2', context);
    hufu.skewMs += 120_000;
    const { page, context: own } = await visit(browser, `${hufu.url}/t/t1/login`);
    await signIn(page, WEI, MAIN_PASSWORD);
    await enter(page, app.at(Date.now() + hufu.skewMs), /^临时登录$/);
    await page.waitForURL(/\/t\/t1\/settings/);
    // What Apache asks for by an address, as a form on a page of nowhere, so that the browser shows it none of our cookies.
    const asked = await own.request.get(`${site}/`, { maxRedirects: 0 });
    const url = new URL(asked.headers()['location'] ?? '');
    const fields = [...url.searchParams].map(([name, value]) => `<input name="${name}" value="${value}">`);
    await page.goto('about:blank');
    await page.setContent(
      `<form method="post" action="${url.origin}${url.pathname}">${fields.join('')}<button>go</button></form>`,
    );
    const seen: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') seen.push(request.url());
    });
    await page.getByRole('button', { name: 'go' }).click();
    await page.waitForURL(`${site}/`);
    expect(seen).toEqual([`${hufu.url}/oidc/t1/auth`]);
    expect(await told(page)).toMatchObject({ REMOTE_USER: WEI });
    await own.close();
  });
});
