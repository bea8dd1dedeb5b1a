// Being woken: what the service worker shows of a push message, in a real Chromium; and the switch for it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHOLE } from '../chromium.ts';
import { type AppServer, aChromium, aPhone, aServer, firstPhone } from './app-kit.ts';

let server: AppServer;
beforeAll(async () => {
  server = await aServer();
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

interface Registered {
  readonly registrations: readonly { readonly registrationId: string; readonly scopeURL: string }[];
}

describe('sign-in alerts', () => {
  it('CM-3.2 SCN-14 a push message is shown and decides nothing; a browser without a push service says so', async () => {
    await using browser = await aChromium(undefined, [], WHOLE);
    const { token } = await server.ticket('710001');
    const { page, context, faults } = await aPhone(browser, server, { locale: 'en' });
    await context.grantPermissions(['notifications'], { origin: server.url });
    const cdp = await context.newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }: Registered) => {
        const ours = registrations.find(({ scopeURL }) => scopeURL === `${server.url}/app/`);
        if (ours !== undefined) resolve(ours.registrationId);
      });
    });
    await cdp.send('ServiceWorker.enable');
    await firstPhone(page, server.url, token);
    await page.goto(`${server.url}/app/`);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const data = JSON.stringify({ title: '國安證券', body: 'A sign-in asks for you. Open the app to see it' });
    const registrationId = await registered;
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId, data });
    const shown = `(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/app/');
      return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
    })()`;
    await expect
      .poll(() => page.evaluate(shown))
      .toEqual([{ title: '國安證券', body: 'A sign-in asks for you. Open the app to see it', tag: 'hufu-asked' }]);

    await page.goto(`${server.url}/app/#/settings`);
    const turnOn = page.getByRole('button', { name: 'Turn on' });
    await turnOn.waitFor();
    await turnOn.click();
    await page.getByText('It cannot be turned on right now.').or(page.getByText('Turn off')).waitFor();
    // A test's browser is incognito, where Chromium has no push service and says so.
    expect(faults.filter((fault) => !fault.includes('Push API in incognito mode'))).toEqual([]);
  });
});
