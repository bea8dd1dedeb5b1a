import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../contract/policy.ts';
import { TYPE_NAMES, type TypeName } from '../authenticator/type.ts';
import { PHASES, type Phase } from '../rollout/phase.ts';
import { type Decision, decide, explain, isTooOld, mayBind, mayUnbind } from './decide.ts';
import type { Facts } from './facts.ts';
import type { Policy } from './policy.ts';

const presets = join(import.meta.dirname, '../../../presets');
const preset = (name: string): Policy => {
  const { policy, errors } = parsePolicy(readFileSync(join(presets, `${name}.yaml`), 'utf8'));
  if (policy === null) throw new Error(JSON.stringify(errors));
  return policy;
};

const UNBOUND: readonly TypeName[] = ['sms'];
const BOUND: readonly TypeName[] = ['sms', 'totp', 'recovery-code'];

function facts(policy: Policy, client: string, version: string, more: Partial<Facts> = {}): Facts {
  const registered = policy.clients[client]!;
  const isOld = isTooOld(registered, version);
  const base = { phase: 'coexist', bound: UNBOUND, cohort: null, purpose: 'login', verified: [] } as const;
  return { ...base, clientId: client, client: registered, clientVersion: version, isTooOld: isOld, ...more };
}

/** A decision in one line: `challenge totp sms, recovery-code`, `enrol totp`, `refuse client-too-old`, `allow`. */
function words(decision: Decision): string {
  if (decision.kind === 'challenge') return `challenge ${[decision.types.join(' '), ...decision.recovery].join(', ')}`;
  if (decision.kind === 'enrol') return `enrol ${decision.types.join(' ')}`;
  return decision.kind === 'refuse' ? `refuse ${decision.why}` : 'allow';
}

/** What each client is asked: [client, version, for the unbound in sms-only, coexist, totp-only, then for the bound]. */
type Row = readonly [
  client: string,
  version: string,
  unbound: readonly [string, string, string],
  bound: readonly [string, string, string],
];
const SMS = 'challenge sms';
const EITHER = 'challenge totp sms, recovery-code';
const TOTP = 'challenge totp, recovery-code';
const OLD = 'refuse client-too-old';
const SMS_LEFT = 'challenge sms, recovery-code';

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'star-rollout': [
    ['star-9.5', '9.5.8.5', [SMS, SMS, 'enrol totp'], [SMS, EITHER, TOTP]],
    ['star-9.5', '9.5.8.4.9999', [SMS, SMS, OLD], [SMS, SMS_LEFT, OLD]],
    ['star-9.3', '9.3.43.1175', [SMS, SMS, 'enrol totp'], [SMS, EITHER, TOTP]],
    ['star-9.3', '9.3.9.9999', [SMS, SMS, OLD], [SMS, SMS_LEFT, OLD]],
    ['estar-x', '3.6.21', [SMS, SMS, 'enrol totp'], [SMS, EITHER, TOTP]],
    ['estar-x', '3.6.20', [SMS, SMS, OLD], [SMS, SMS_LEFT, OLD]],
    ['star-9.5', '', [SMS, SMS, OLD], [SMS, SMS_LEFT, OLD]],
  ],
  'star-desktop-bind': [
    ['star-9.3', '9.3.43.1175', [SMS, SMS, 'enrol totp'], [SMS, EITHER, TOTP]],
    ['star-9.3', '9.3.43.1174', [SMS, SMS, OLD], [SMS, SMS_LEFT, OLD]],
    ['estar-x', '3.6.21', [SMS, SMS, 'refuse bind-elsewhere'], [SMS, EITHER, TOTP]],
    ['estar-x', '3.6.20', [SMS, SMS, 'refuse bind-elsewhere'], [SMS, SMS_LEFT, OLD]],
  ],
  'mobile-otp': [['portal', '1', [SMS, SMS, 'enrol totp'], [TOTP, TOTP, TOTP]]],
  mail: [['webmail', '1', ['allow', 'allow', 'enrol totp'], [TOTP, TOTP, TOTP]]],
  recommended: [
    ['desktop', '1', [SMS, SMS, SMS], [TOTP, TOTP, TOTP]],
    ['phone', '1', [SMS, SMS, SMS], [TOTP, TOTP, TOTP]],
  ],
};

describe('ES-6.1 what each preset asks, in every phase, of every client', () => {
  it('leaves out no preset and no client', () => {
    expect(Object.keys(TABLE).sort()).toEqual(
      readdirSync(presets)
        .filter((f) => f.endsWith('.yaml'))
        .map((f) => f.slice(0, -5))
        .sort(),
    );
    for (const [name, rows] of Object.entries(TABLE))
      expect([...new Set(rows.map(([client]) => client))].sort()).toEqual(Object.keys(preset(name).clients).sort());
  });

  const cases = Object.entries(TABLE).flatMap(([name, rows]) =>
    rows.flatMap(([client, version, unbound, bound]) =>
      PHASES.flatMap((phase, i) => [
        { name, client, version, phase, has: 'unbound', bound: UNBOUND, expected: unbound[i]! },
        { name, client, version, phase, has: 'bound', bound: BOUND, expected: bound[i]! },
      ]),
    ),
  );
  it.each(cases)(
    '$name, $client $version, $phase, $has: $expected',
    ({ name, client, version, phase, bound, expected }) => {
      const policy = preset(name);
      expect(words(decide(policy, facts(policy, client, version, { phase, bound })))).toBe(expected);
    },
  );

  it('ES-4.1 either of what is offered completes the login, and so does the recovery code', () => {
    const policy = preset('star-rollout');
    for (const verified of ['totp', 'sms', 'recovery-code'] as const)
      expect(decide(policy, facts(policy, 'star-9.5', '9.5.8.5', { bound: BOUND, verified: [verified] }))).toEqual({
        kind: 'allow',
      });
  });

  it('ES-4.2 an SMS code verified before the switch does not complete a login after it', () => {
    const policy = preset('star-rollout');
    const after = facts(policy, 'star-9.5', '9.5.8.5', { phase: 'totp-only', bound: BOUND, verified: ['sms'] });
    expect(words(decide(policy, after))).toBe(TOTP);
  });

  it('ENR-10 recommended asks the registered phone first, and only then for a binding', () => {
    const policy = preset('recommended');
    const at = (more: Partial<Facts>): string =>
      words(decide(policy, facts(policy, 'desktop', '1', { phase: 'totp-only', ...more })));
    expect(at({})).toBe(SMS);
    expect(at({ verified: ['sms'] })).toBe('enrol totp');
    expect(at({ verified: ['sms', 'totp'], bound: BOUND })).toBe('allow');
    expect(at({ bound: [] })).toBe('refuse no-method');
  });

  it('ES-1.1 an old client is handed no versioned way of recovery either', () => {
    const policy: Policy = { ...preset('star-rollout'), versioned: ['totp', 'recovery-code'] };
    expect(words(decide(policy, facts(policy, 'star-9.5', '9.5.8.4', { bound: BOUND })))).toBe(SMS);
    expect(words(decide(policy, facts(policy, 'star-9.5', '9.5.8.5', { bound: BOUND })))).toBe(EITHER);
  });

  it('REB-01 recommended rests a change on the strong factor, whatever the phase', () => {
    const policy = preset('recommended');
    for (const phase of PHASES)
      for (const purpose of ['unbind', 'change', 'confirm'])
        expect(words(decide(policy, facts(policy, 'desktop', '1', { phase, purpose, bound: BOUND })))).toBe(TOTP);
  });
});

describe('who may bind and unbind', () => {
  const unbind = (name: string, phase: Phase): string => {
    const policy = preset(name);
    const [client] = Object.keys(policy.clients);
    return mayUnbind(policy, facts(policy, client!, '99', { phase, bound: BOUND, purpose: 'unbind' }));
  };

  it('ES-5.1 ES-5.2 ET-4.1 REB-01 an unbind is by its owner, after a step-up, or by an operator', () => {
    const told = Object.fromEntries(
      Object.keys(TABLE).map((name) => [name, PHASES.map((phase) => unbind(name, phase))]),
    );
    expect(told).toEqual({
      'star-rollout': ['operator', 'login', 'operator'],
      'star-desktop-bind': ['operator', 'operator', 'operator'],
      'mobile-otp': ['operator', 'operator', 'operator'],
      mail: ['step-up', 'step-up', 'step-up'],
      recommended: ['step-up', 'step-up', 'step-up'],
    });
  });

  it('is an operator where no rule says otherwise', () => {
    const policy = preset('star-rollout');
    expect(mayUnbind({ ...policy, unbind: [] }, facts(policy, 'star-9.5', '9.5.8.5'))).toBe('operator');
  });

  it('ET-1.2 nothing can be bound on a client that binds nothing', () => {
    const policy = preset('star-desktop-bind');
    expect(mayBind(policy, facts(policy, 'estar-x', '3.6.21'))?.types).toEqual([]);
    expect(mayBind(policy, facts(policy, 'star-9.3', '9.3.43.1175'))?.types).toEqual(['totp', 'recovery-code']);
  });

  it('ES-1.1 a client below its minimum binds no versioned type', () => {
    const policy = preset('star-rollout');
    expect(mayBind(policy, facts(policy, 'star-9.5', '9.5.8.4'))?.types).toEqual(['recovery-code']);
  });
});

describe('decide is safe on any facts', () => {
  const names = Object.keys(TABLE);
  const any = fc.record({
    phase: fc.constantFrom(...PHASES),
    bound: fc.subarray([...TYPE_NAMES]),
    verified: fc.subarray([...TYPE_NAMES]),
    purpose: fc.constantFrom('login', 'unbind', 'change', 'confirm'),
    version: fc.constantFrom('', '0', '9.5.8.5', '99'),
  });

  it.each(names)(
    '%s: never offers what is not bound, never admits the unverified, never hands an old client a versioned type',
    (name) => {
      const policy = preset(name);
      const clients = fc.constantFrom(...Object.keys(policy.clients));
      fc.assert(
        fc.property(any, clients, ({ version, ...more }, client) => {
          const known = facts(policy, client, version, more);
          const decision = decide(policy, known);
          if (decision.kind === 'challenge') {
            for (const type of [...decision.types, ...decision.recovery]) expect(known.bound).toContain(type);
            // Only where an operator gave a code to get in by may there be nothing else to ask for.
            const others = decision.recovery.includes('bypass-code') ? 1 : 0;
            expect(decision.types.length + others).toBeGreaterThan(0);
          }
          if (decision.kind === 'challenge' || decision.kind === 'enrol')
            for (const type of decision.types) expect(known.isTooOld && policy.versioned.includes(type)).toBe(false);
          if (decision.kind === 'enrol') for (const type of decision.types) expect(known.client.binds).toContain(type);
          if (decision.kind === 'allow' && known.verified.length === 0)
            expect(name === 'mail' && !known.bound.includes('totp')).toBe(true);
        }),
      );
    },
  );

  it.each(names)('%s: explain decides the same, and its trace ends with the rule that held', (name) => {
    const policy = preset(name);
    const [client] = Object.keys(policy.clients);
    fc.assert(
      fc.property(any, ({ version, ...more }) => {
        const known = facts(policy, client!, version, more);
        const { decision, trace } = explain(policy, known);
        expect(decision).toEqual(decide(policy, known));
        expect(trace.filter((step) => step.matched).length).toBeLessThanOrEqual(1);
        if (trace.some((step) => step.matched)) expect(trace.at(-1)!.matched).toBe(true);
        else expect(decision).toEqual({ kind: 'refuse', why: 'no-method' });
      }),
    );
  });

  it('a condition that does not exist is a fault, never ignored', () => {
    const policy = preset('star-rollout');
    const broken = { ...policy, login: [{ name: 'x', when: { moon: 'full' }, allow: true }] } as unknown as Policy;
    expect(() => decide(broken, facts(policy, 'star-9.5', '9.5.8.5'))).toThrow('moon');
  });

  it('a missing or malformed version is too old wherever there is a minimum, and nowhere else', () => {
    const { clients } = preset('star-rollout');
    for (const version of ['', 'latest', '9.5.8.5-rc']) expect(isTooOld(clients['star-9.5']!, version)).toBe(true);
    expect(isTooOld(preset('mail').clients['webmail']!, '')).toBe(false);
    expect(isTooOld({ ...clients['star-9.5']!, minimumVersion: 'broken' }, '99')).toBe(true);
  });
});
