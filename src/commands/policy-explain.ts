// `hufu policy explain`: what a login would be asked and why, rule by rule, in plain words.
import type { Command } from 'commander';
import { canonicalAccount } from '../core/account/account.ts';
import { TYPE_NAMES, type TypeName } from '../core/authenticator/type.ts';
import { type Decision, explain, mayBind, mayUnbind } from '../core/policy/decide.ts';
import type { Facts } from '../core/policy/facts.ts';
import type { Policy } from '../core/policy/policy.ts';
import { phaseAt } from '../core/rollout/phase.ts';
import { knowClient } from '../flows/client.ts';
import { instantOf, phaseOf } from './flags.ts';
import { callerFor, stopOf, tenantFor, withHouse } from './open.ts';
import { checked, readText } from './policy-file.ts';
import { faint, run, Stop, strong, type Terminal } from './terminal.ts';

interface Flags {
  readonly tenant?: string;
  readonly file?: string;
  readonly account?: string;
  readonly bound?: string;
  readonly cohort?: string;
  readonly client: string;
  readonly version?: string;
  readonly phase?: string;
  readonly at?: string;
  readonly purpose: string;
  readonly verified?: string;
}

interface Person {
  readonly name: string;
  readonly cohort: string | null;
  readonly bound: readonly TypeName[];
  readonly suspended: boolean;
}

export function registerExplain(policy: Command): void {
  policy
    .command('explain')
    .description('what a login would be asked and why; from the live policy, or from --file')
    .option('--tenant <id>', 'tenant')
    .option('--file <file>', 'judge by this document instead of the one in force')
    .option('--account <account>', 'an account of the tenant')
    .option('--bound <types>', 'instead of an account: what it has bound, such as sms,totp; "" for nothing')
    .option('--cohort <name>', 'the cohort to assume')
    .requiredOption('--client <id>', 'the registered client the person sits at')
    .option('--version <version>', 'its version; absent: unknown, which is never new enough')
    .option('--phase <phase>', 'the phase to assume')
    .option('--at <instant>', 'the instant to assume, for planned switches')
    .option('--purpose <purpose>', 'login, unbind, change or confirm', 'login')
    .option('--verified <types>', 'what was verified already in this login')
    .action(
      run(async (terminal, flags: Flags) => {
        const at = instantOf('--at', flags.at);
        if ((flags.account === undefined) === (flags.bound === undefined))
          throw new Stop('usage', 'give either --account <account> or --bound <types>');
        if (!/^(login|unbind|change|confirm)$/.test(flags.purpose))
          throw new Stop('usage', `--purpose must be login, unbind, change or confirm, not "${flags.purpose}"`);
        const given = flags.file === undefined ? undefined : checked(flags.file, readText(flags.file));
        if (given !== undefined && flags.bound !== undefined) {
          const person = {
            name: 'the account',
            cohort: flags.cohort ?? null,
            bound: typesOf('--bound', flags.bound),
            suspended: false,
          };
          return tell(terminal, given, flags, person, at ?? Date.now(), null);
        }
        await withHouse(terminal, async (house) => {
          const tenant = await tenantFor(house, flags.tenant);
          let person: Person = {
            name: 'the account',
            cohort: flags.cohort ?? null,
            bound: typesOf('--bound', flags.bound ?? ''),
            suspended: false,
          };
          let now = await house.ports.store.now();
          if (flags.account !== undefined) {
            const snapshot = await house.ports.store.account(tenant.id, canonicalAccount(flags.account), false);
            if (snapshot === undefined)
              throw new Stop(
                'notFound',
                `tenant ${tenant.id} has no account ${flags.account}; to ask without one: --bound sms,totp`,
              );
            const held = snapshot.authenticators.filter((a) => a.status === 'active').map((a) => a.type);
            person = {
              name: snapshot.account.account,
              cohort: flags.cohort ?? snapshot.account.cohort,
              bound: [...new Set(held)],
              suspended: snapshot.account.status === 'suspended',
            };
            now = snapshot.now;
          }
          tell(
            terminal,
            given ?? tenant.policy,
            flags,
            person,
            at ?? now,
            given === undefined ? tenant.policyVersion : null,
          );
        });
      }),
    );
}

function tell(
  terminal: Terminal,
  policy: Policy,
  flags: Flags,
  person: Person,
  at: number,
  version: number | null,
): void {
  if (!Object.hasOwn(policy.clients, flags.client))
    throw new Stop(
      'notFound',
      `the policy registers no client ${flags.client}; it registers ${Object.keys(policy.clients).join(', ')}`,
    );
  const known = knowClient(policy, callerFor(''), { id: flags.client, version: flags.version });
  if (known.kind === 'refused')
    throw known.code === 'version-malformed'
      ? new Stop('usage', `--version must be numbers joined by dots, such as 9.5.8.5, not "${flags.version}"`)
      : stopOf(known);
  const facts: Facts = {
    phase: flags.phase === undefined ? phaseAt(policy.rollout, person.cohort, at) : phaseOf(flags.phase),
    bound: person.bound,
    clientId: known.id,
    client: known.client,
    clientVersion: known.version,
    isTooOld: known.isTooOld,
    cohort: person.cohort,
    purpose: flags.purpose,
    verified: typesOf('--verified', flags.verified ?? ''),
  };
  const { decision, trace } = explain(policy, facts);
  const bind = mayBind(policy, facts);
  const unbind = mayUnbind(policy, { ...facts, purpose: 'unbind' });
  const { name, cohort, bound, suspended } = person;
  const lines = [
    `${name} has bound ${list(bound)}${cohort === null ? '' : `, is in cohort ${cohort}`}; phase ${facts.phase}; on ${known.id} ${known.version === '' ? 'of unknown version' : known.version}${known.isTooOld ? ` (older than the ${known.client.minimumVersion ?? ''} it needs)` : ''}${version === null ? '' : `; policy version ${version}`}`,
    '',
    ...trace.map((step, i) => {
      const tests = step.conditions.map(
        (c) =>
          `${c.condition} is ${c.found === '' ? 'nothing' : c.found}, ${c.held ? 'as wanted' : `wanted ${c.wanted}`}`,
      );
      return `${String(i + 1).padStart(2)}. ${step.matched ? strong(step.rule) : faint(step.rule)}: ${tests.length === 0 ? 'holds always' : tests.join('; ')}${step.matched ? ' → this rule decides' : ''}`;
    }),
    ...(trace.some((s) => s.matched) ? [] : ['    no rule holds']),
    '',
    strong(suspended ? 'Refused: the account is suspended.' : words(decision, facts)),
    `Binding: ${bind === undefined || bind.types.length === 0 ? 'nothing can be bound here' : `${list(bind.types)} after ${bind.proof === 'login' ? 'a login' : 'a step-up'} (rule "${bind.name}")`}.`,
    `Unbinding: ${unbind === 'operator' ? 'only by an operator' : unbind === 'login' ? 'by the owner, after a login' : 'by the owner, after a step-up'}.`,
  ];
  const { phase, clientId, clientVersion, isTooOld, purpose, verified } = facts;
  terminal.answer(
    {
      decision: suspended ? { kind: 'refuse', why: 'account-suspended' } : decision,
      trace,
      facts: {
        account: name,
        phase,
        bound,
        cohort,
        client: clientId,
        version: clientVersion,
        isTooOld,
        purpose,
        verified,
      },
      bind: bind === undefined ? null : { rule: bind.name, types: bind.types, proof: bind.proof },
      unbind,
      policyVersion: version,
    },
    lines.join('\n'),
  );
}

const list = (types: readonly string[]): string => (types.length === 0 ? 'nothing' : types.join(', '));

function words(decision: Decision, facts: Facts): string {
  switch (decision.kind) {
    case 'allow':
      return 'Let in without a further step.';
    case 'challenge':
      return `Asked for ${decision.types.join(' or ')}${decision.recovery.length > 0 ? `; ${decision.recovery.join(' or ')} is accepted too` : ''}.`;
    case 'enrol':
      return `Led into binding ${decision.types.join(' or ')} before the login ends.`;
    case 'refuse':
      if (decision.why === 'bind-elsewhere') return 'Refused: it must bind on another client first.';
      if (decision.why === 'client-too-old')
        return `Refused: ${facts.clientId} must be updated to ${facts.client.minimumVersion ?? 'a newer version'}.`;
      return 'Refused: it has no method that this rule accepts.';
  }
}

function typesOf(flag: string, text: string): readonly TypeName[] {
  const names = text
    .split(',')
    .map((t) => t.trim())
    .filter((t) => t !== '');
  return names.map((name) => {
    const type = TYPE_NAMES.find((t) => t === name);
    if (type === undefined)
      throw new Stop('usage', `${flag}: there is no type ${name}; there are ${TYPE_NAMES.join(', ')}`);
    return type;
  });
}
