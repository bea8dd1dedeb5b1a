// Customer service at the command line: registrations, PINs, a changed person, lost phones; beside a running server, which follows at once.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newPhone } from '../phone.ts';
import { aFolder, api, aServer, hufu } from './cli-kit.ts';

const WHO = ['--reason', 'identity checked by call-back', '--operator', 'wang'] as const;

describe('MO-6 at the command line', () => {
  it('MO-1.1 MO-6.2 MO-6.3 MO-6.4 says what was done, ends with the right code, and is on record', async () => {
    using folder = aFolder();
    const at = (...args: readonly string[]) => hufu('--data', folder.path, '--json', ...args);
    expect((await at('tenant', 'create', 'guoan', '--preset', 'mobile-otp')).code).toBe(0);
    const file = join(folder.path, 'accounts.csv');
    writeFileSync(
      file,
      'account,phone,email,password\n700004,+85291230001,chan@example.com,pw\n700005,+85291230002,,pw\n',
    );
    expect((await at('account', 'import', file)).code).toBe(0);

    expect(await at('account', 'register', '700004', ...WHO)).toMatchObject({
      code: 0,
      json: { account: '700004', sentTo: expect.stringContaining('*'), slots: { used: 0, of: 5 } },
    });
    expect(await at('account', 'register', '700005', ...WHO)).toMatchObject({ code: 1 });
    expect(await at('account', 'register', '799999', ...WHO)).toMatchObject({
      code: expect.toSatisfy((c) => [1, 3].includes(c as number)),
    });
    expect(await at('account', 'register', '700004', ...WHO, '--mode', 'sideways')).toMatchObject({ code: 2 });
    expect(await at('account', 'phones', '700004')).toMatchObject({
      code: 0,
      json: { phones: [], ticket: { status: 'open' } },
    });

    // A phone joins at a server that runs beside these commands, with a registration the person asks for.
    const key = (
      await at('api-key', 'create', '--name', 'back end', '--scope', 'logins:write', 'bindings:write', 'accounts:read')
    ).json;
    await using server = await aServer(folder.path);
    const call = (method: string, path: string, body?: unknown) => api(server.url, key.token, method, path, body);
    const phone = await newPhone();
    const { signKey, boxKey } = phone;
    const nobody = await call('POST', '/v1/app/phones', {
      account: '700004',
      code: '00000-00000',
      name: 'P',
      platform: 't',
      signKey,
      boxKey,
    });
    expect(nobody).toMatchObject({ status: 404, body: { code: 'ticket-unknown' } });
    expect((await call('GET', '/v1/accounts/700004/phones')).body).toMatchObject({
      items: [],
      ticket: { status: 'open' },
    });

    expect(await at('account', 'reset-pin', '700004', ...WHO)).toMatchObject({ code: 3 });
    expect(await at('account', 'revoke-phone', '700004', '--phone', 'phn_0', ...WHO)).toMatchObject({ code: 3 });
    expect(await at('account', 'authorised-person', '700004', ...WHO, '--email', 'nowhere')).toMatchObject({ code: 2 });
    expect(
      await at('account', 'authorised-person', '700004', ...WHO, '--name', '李大文', '--email', 'lee@example.com'),
    ).toMatchObject({
      code: 0,
      json: { sentTo: expect.stringContaining('*') },
    });
    expect((await at('account', 'show', '700004')).json).toMatchObject({ name: '李大文', email: 'lee@example.com' });
    const events = (await hufu('--data', folder.path, 'audit', 'export')).out;
    for (const event of [
      'ticket.issued',
      'authorised-person.changed',
      'operator:wang',
      'identity checked by call-back',
    ])
      expect(events).toContain(event);
  });

  it('OPS-01 wants a reason and an operator for each', async () => {
    using folder = aFolder();
    for (const command of ['register', 'reset-pin', 'authorised-person', 'revoke-phone'])
      expect((await hufu('--data', folder.path, 'account', command, '700004')).code).toBe(2);
  });
});
