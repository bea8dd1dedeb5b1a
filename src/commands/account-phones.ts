// `hufu account register | reset-pin | authorised-person | phones | revoke-phone`: what customer service does for a person's phones.
import type { Command } from 'commander';
import { KDFS, type KdfName } from '../core/enrolment/enrolment.ts';
import type { RegistrationSent } from '../flows/enrolment/operate.ts';
import { enrolmentView } from '../flows/enrolment/phones.ts';
import { act } from '../flows/operator/act.ts';
import { stopped, waits } from './case.ts';
import { saidOf } from './flags.ts';
import { callerFor, stopOf, tenantFor, withHouse } from './open.ts';
import { run, Stop, type Terminal, table, when } from './terminal.ts';

interface Operator {
  readonly tenant?: string;
  readonly reason: string;
  readonly operator: string;
}

const KDF_NAMES = Object.keys(KDFS) as readonly KdfName[];
const MODES = ['add', 'replace', 'replace-at-once'] as const;

const said = (account: string, flags: Operator) => ({
  account,
  reason: saidOf('--reason', flags.reason),
  operator: saidOf('--operator', flags.operator),
});

function told(terminal: Terminal, account: string, sent: RegistrationSent): void {
  const { id, sentTo, slots } = sent;
  const expiresAt = new Date(sent.expiresAt).toISOString();
  terminal.answer(
    { account, ticket: id, sentTo, expiresAt, slots },
    `a registration for ${account} goes to ${sentTo}; it is good until ${when(sent.expiresAt)}`,
  );
}

const operated = (command: Command): Command =>
  command
    .argument('<account>', 'account')
    .option('--tenant <id>', 'tenant')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .requiredOption('--operator <name>', 'who does it, for the audit log');

/** Adds the sub-commands to `hufu account`. */
export function registerPhones(account: Command): void {
  account
    .command('phones')
    .description('the phones of an account, and how its newest registration stands')
    .argument('<account>', 'account')
    .option('--tenant <id>', 'tenant')
    .action(
      run(async (terminal, name: string, flags: { tenant?: string }) => {
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const view = await enrolmentView(house.ports, callerFor(tenant.id), name);
          if (view.kind === 'refused') throw stopOf(view);
          const { phones, slots, ticket } = view;
          const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
          terminal.answer(
            {
              account: view.account,
              slots,
              ticket: ticket === null ? null : { ...ticket, expiresAt: iso(ticket.expiresAt) },
              phones: phones.map((p) => ({
                ...p,
                joinedAt: iso(p.joinedAt),
                completedAt: iso(p.completedAt),
                lastUsedAt: iso(p.lastUsedAt),
              })),
            },
            [
              phones.length === 0
                ? 'no phones'
                : table([
                    ['ID', 'ROLE', 'STATUS', 'SINCE', 'LAST USED', 'NAME'],
                    ...phones.map((p) => [
                      p.id,
                      p.role,
                      p.status,
                      when(p.joinedAt),
                      p.lastUsedAt === null ? '-' : when(p.lastUsedAt),
                      p.name,
                    ]),
                  ]),
              ticket === null ? 'no registration' : `registration: ${ticket.status}, until ${when(ticket.expiresAt)}`,
            ].join('\n'),
          );
        });
      }),
    );

  operated(account.command('register'))
    .description('mail a registration of phones to the account; those before it are void')
    .option('--mode <mode>', `what happens to the phones there are: ${MODES.join(', ')} (the policy says, when absent)`)
    .option('--revoke <ids...>', 'phones to revoke at once: lost or stolen ones')
    .action(
      run(async (terminal, name: string, flags: Operator & { mode?: string; revoke?: string[] }) => {
        const mode = MODES.find((m) => m === flags.mode);
        if (flags.mode !== undefined && mode === undefined)
          throw new Stop('usage', `--mode must be one of ${MODES.join(', ')}, not "${flags.mode}"`);
        const input = { ...said(name, flags), mode, revokePhones: flags.revoke };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const sent = await act(house.ports, callerFor(tenant.id), 'register', input);
          if (sent.kind === 'case') return waits(terminal, name, sent);
          if (sent.kind === 'refused' || sent.kind === 'invalid') throw stopped(sent);
          told(terminal, name, sent);
        });
      }),
    );

  operated(account.command('reset-pin'))
    .description('forget the PIN of an account: each of its phones asks for the new one')
    .option('--kdf <name>', `what the next PIN goes through: ${KDF_NAMES.join(', ')} (as before, when absent)`)
    .action(
      run(async (terminal, name: string, flags: Operator & { kdf?: string }) => {
        const kdf = KDF_NAMES.find((k) => k === flags.kdf);
        if (flags.kdf !== undefined && kdf === undefined)
          throw new Stop('usage', `--kdf must be one of ${KDF_NAMES.join(', ')}, not "${flags.kdf}"`);
        const input = { ...said(name, flags), kdf };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await act(house.ports, callerFor(tenant.id), 'reset-pin', input);
          if (done.kind === 'case') return waits(terminal, name, done);
          if (done.kind === 'refused' && done.code === 'not-found')
            throw new Stop('notFound', `${name} has set no PIN`, { code: done.code });
          if (done.kind === 'refused') throw stopOf(done);
          if (done.kind === 'invalid') throw new Stop('usage', `--${done.at.slice(1)} ${done.message}`);
          terminal.answer(
            { account: name, phones: done.phones },
            `the PIN of ${name} is reset; ${done.phones} phones ask for the new one`,
          );
        });
      }),
    );

  operated(account.command('authorised-person'))
    .description(
      'somebody else may act for an account: phones, PIN, sessions and what was bound end, and a registration is mailed',
    )
    .option('--name <name>', 'their name')
    .option('--email <address>', 'their mail address: the registration goes there')
    .option('--phone <number>', 'their phone number')
    .action(
      run(async (terminal, name: string, flags: Operator & { name?: string; email?: string; phone?: string }) => {
        const input = { ...said(name, flags), name: flags.name, email: flags.email, phone: flags.phone };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const sent = await act(house.ports, callerFor(tenant.id), 'change-person', input);
          if (sent.kind === 'case') return waits(terminal, name, sent);
          if (sent.kind === 'invalid') throw new Stop('usage', `--${sent.at.slice(1)} ${sent.message}`);
          if (sent.kind === 'refused') throw stopOf(sent);
          told(terminal, name, sent);
        });
      }),
    );

  operated(account.command('revoke-phone'))
    .description('revoke a phone of an account at once (ids: hufu account phones)')
    .requiredOption('--phone <id>', 'the phone')
    .action(
      run(async (terminal, name: string, flags: Operator & { phone: string }) => {
        const input = { ...said(name, flags), phone: flags.phone };
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          const done = await act(house.ports, callerFor(tenant.id), 'revoke-phone', input);
          if (done.kind === 'case') return waits(terminal, name, done);
          if (done.kind === 'invalid') throw stopped(done);
          if (done.kind === 'refused' && done.code === 'not-found')
            throw new Stop('notFound', `${name} has no phone ${flags.phone}`, { code: done.code });
          if (done.kind === 'refused') throw stopOf(done);
          terminal.answer({ account: name, revoked: flags.phone }, `revoked ${flags.phone} of ${name}`);
        });
      }),
    );
}
