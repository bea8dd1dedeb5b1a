// A fingerprint instead of the PIN: Chromium's virtual authenticator with the PRF extension.
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logInBy } from '../enrolment-kit.ts';
import { type AppServer, aChromium, aPhone, aServer, enterPin, firstPhone, kept, PIN, shownCode } from './app-kit.ts';
import { flawless } from './people.ts';

let server: AppServer;
let browser: Awaited<ReturnType<typeof aChromium>>;
beforeAll(async () => {
  [server, browser] = await Promise.all([aServer(), aChromium()]);
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
});

async function aSensor(page: Page, hasPrf: boolean): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId: id } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id };
}

async function turnOn(page: Page, pin = PIN): Promise<void> {
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('button', { name: /^Fingerprint or face/ }).click();
  await enterPin(page, pin);
}

describe('MO-3.1 fingerprint or face', () => {
  it('MO-3.1 is turned on with the right PIN, makes codes without it and without the server, and is off after five failures', async () => {
    const { token } = await server.ticket('700040');
    const phone = await aPhone(browser, server, { locale: 'en' });
    const { page, context } = phone;
    const { cdp, id } = await aSensor(page, true);
    await firstPhone(page, server.url, token);
    server.skewMs += 60_000;
    await page.reload();
    await page.getByText('off by').waitFor();

    await turnOn(page, '730517');
    await page.getByText('The server did not take this PIN').waitFor();
    expect((await kept(page)).rows[0]?.['biometric']).toBe(null);
    await enterPin(page, PIN);
    await page.getByText('From now on a fingerprint or face makes the code.').waitFor();
    await flawless(phone);
    const row = (await kept(page)).rows[0] as { biometric: Record<string, unknown> };
    expect(Object.keys(row.biometric).sort()).toEqual(['credential', 'failures', 'input', 'wrapped']);

    await server.stop();
    await page.goto(`${server.url}/app/`);
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Get a code' }).click();
    const code = await shownCode(page);
    await expect.poll(() => page.locator('.pad').count()).toBe(0);
    await server.start();
    expect((await logInBy(server.h, '700040', code)).body.status).toBe('satisfied');

    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false });
    for (let n = 1; n <= 4; n++) {
      await page.goto(`${server.url}/app/`);
      await page.locator('.account').click();
      await page.getByRole('button', { name: 'Get a code' }).click();
      await page.getByText('Not recognised. Try again or enter your PIN.').waitFor();
    }
    await flawless(phone);
    await page.getByRole('button', { name: 'Get a code' }).click();
    await page.getByText('Not recognised 5 times in a row').waitFor();
    await flawless(phone);
    expect((await kept(page)).rows[0]?.['biometric']).toBe(null);
    await enterPin(page, PIN);
    expect(await shownCode(page)).toMatch(/^\d{6}$/);
    await context.close();
  });

  it('MO-3.1 MO-4.2 is turned on with the server away too: the PIN is asked twice, since nobody there can say whether it is right', async () => {
    const { token } = await server.ticket('700042');
    const phone = await aPhone(browser, server, { locale: 'en' });
    const { page, context } = phone;
    await aSensor(page, true);
    await firstPhone(page, server.url, token);
    server.skewMs += 60_000;
    await page.reload();
    await page.getByText('off by').waitFor();
    await page.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('button', { name: /^Fingerprint or face/ }).click();
    await server.stop();
    await enterPin(page, PIN);
    await page.getByText('Without a network the PIN cannot be checked').waitFor();
    expect((await kept(page)).rows[0]?.['biometric']).toBe(null);
    await flawless(phone);
    await enterPin(page, PIN);
    await enterPin(page, '730517');
    await page.getByText('The two did not match').waitFor();
    expect((await kept(page)).rows[0]?.['biometric']).toBe(null);
    await enterPin(page, PIN);
    await enterPin(page, PIN);
    await page.getByText('From now on a fingerprint or face makes the code.').waitFor();
    await page.goto(`${server.url}/app/`);
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Get a code' }).click();
    const right = await shownCode(page);
    // A wrong PIN typed twice alike is taken: the phone has nothing to know it by (MO-4.2), the server has.
    await page.goto(`${server.url}/app/`);
    await page.getByText('No connection').waitFor();
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('button', { name: /^Fingerprint or face/ }).click();
    await page.getByRole('button', { name: 'Turn off fingerprint or face' }).click();
    await page.getByRole('button', { name: /^Fingerprint or face/ }).click();
    await page.getByText('Without a network').waitFor();
    for (const pin of ['730517', '730517']) await enterPin(page, pin);
    await page.getByText('From now on a fingerprint or face makes the code.').waitFor();
    await page.goto(`${server.url}/app/`);
    await page.locator('.account').click();
    await page.getByRole('button', { name: 'Get a code' }).click();
    const wrong = await shownCode(page);
    await server.start();
    expect((await logInBy(server.h, '700042', wrong)).status).toBe(422);
    expect((await logInBy(server.h, '700042', right)).body.status).toBe('satisfied');
    await context.close();
  });

  it('MO-3.1 a phone whose check gives no key says so, and the PIN stays', async () => {
    const { token } = await server.ticket('700041');
    const { page, context } = await aPhone(browser, server, { locale: 'en' });
    await aSensor(page, false);
    await firstPhone(page, server.url, token);
    await turnOn(page);
    await page.getByText('Not available on this phone or browser').waitFor();
    expect((await kept(page)).rows[0]?.['biometric']).toBe(null);
    await context.close();
  });
});
