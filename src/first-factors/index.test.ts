import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import type { PortalPolicy } from '../core/portal/portal.ts';
import { AT_ONCE, firstFactors } from './index.ts';

const PAGES = { client: 'portal', captcha: 'off', sessionIdleSeconds: 1800, sessionSeconds: 43_200 } as const;

it.each(['external', 'ldap'] as const)(
  'KEY-05 whoever is asked by %s and does not answer holds up a hundred logins of its tenant, and none of another',
  async (password) => {
    const held = new Set<Socket>();
    const silent = createServer((socket) => {
      held.add(socket);
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const portal = {
      ...PAGES,
      password,
      external: { url: `http://127.0.0.1:${port}/check`, timeoutSeconds: 30 },
      ldap: { url: `ldap://127.0.0.1:${port}`, userDn: 'uid={account},dc=x', startTls: false, timeoutSeconds: 30 },
    } as unknown as PortalPolicy;
    const factors = firstFactors(
      async () => 'a.b.c',
      'https://hufu.test',
      () => 0,
    );
    const ask = (tenantId: string) => factors.check(portal, { tenantId, account: 'wei', password: 'x', ip: null });
    const waiting = Array.from({ length: AT_ONCE }, () => ask('t1'));
    // One more of the same tenant is told at once that nobody could say …
    expect(await ask('t1')).toBeUndefined();
    // … and another tenant's is asked about.
    const other = ask('t2');
    expect(await Promise.race([other, Promise.resolve('still asking')])).toBe('still asking');
    while (held.size < AT_ONCE + 1) await new Promise((resolve) => setImmediate(resolve));
    for (const socket of held) socket.destroy();
    expect(await Promise.all([...waiting, other])).toEqual(Array(AT_ONCE + 1).fill(undefined));
    await new Promise((resolve) => silent.close(resolve));
  },
);
