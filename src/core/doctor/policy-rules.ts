// What a policy risks, one row each. The preset `recommended` gives no warning; what the others give is pinned by a test.
import { decide } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import { APPROVAL_RULES } from './approval-rules.ts';
import { ENROLMENT_RULES } from './enrolment-rules.ts';
import { fact } from './facts.ts';
import type { Rule } from './finding.ts';
import { phasesWhere, type Situation, situations } from './situations.ts';

export interface PolicySubject {
  readonly policy: Policy;
  /** ms. */
  readonly now: number;
}

type PolicyRule = Rule<PolicySubject>;

/** The strength of what a situation asks an account that holds both: SMS alone is enough. */
const bySmsAlone = ({ login }: Situation): boolean => login.kind === 'challenge' && login.types.includes('sms');
const mayBindTotp = (s: Situation): boolean => s.bind?.types.includes('totp') === true;

export const POLICY_RULES: readonly PolicyRule[] = [
  {
    rule: 'password-alone-binds',
    level: 'warning',
    at: '/login',
    find: ({ policy }) =>
      phasesWhere(
        situations(policy, ['sms']),
        (s) => s.login.kind === 'enrol' || (s.login.kind === 'allow' && mayBindTotp(s) && s.bind?.proof === 'login'),
      ),
  },
  {
    rule: 'password-alone-logs-in',
    level: 'warning',
    at: '/login',
    find: ({ policy }) => phasesWhere(situations(policy, []), (s) => s.login.kind === 'allow'),
  },
  {
    rule: 'sms-beside-totp',
    level: 'warning',
    at: '/login',
    find: ({ policy }) =>
      phasesWhere(
        situations(policy, ['sms', 'totp']),
        (s) => bySmsAlone(s) && s.login.kind === 'challenge' && s.login.types.includes('totp'),
      ),
  },
  {
    rule: 'sms-removes-totp',
    level: 'warning',
    at: '/unbind',
    find: ({ policy }) =>
      phasesWhere(
        situations(policy, ['sms', 'totp']),
        (s) =>
          (s.unbind === 'login' && bySmsAlone(s)) ||
          (s.unbind === 'step-up' && s.change.kind === 'challenge' && s.change.types.includes('sms')),
      ),
  },
  {
    rule: 'new-number-serves-at-once',
    level: 'warning',
    at: '/times/contactCoolingSeconds',
    find: ({ policy }) =>
      policy.times.contactCoolingSeconds >= 3600
        ? []
        : phasesWhere(
            [...situations(policy, ['sms']), ...situations(policy, ['sms', 'totp'])],
            (s) =>
              (bySmsAlone(s) && (s.unbind === 'login' || (mayBindTotp(s) && s.bind?.proof === 'login'))) ||
              (s.unbind === 'step-up' && s.change.kind === 'challenge' && s.change.types.includes('sms')) ||
              (bySmsAlone(s) && decide(policy, { ...s.facts, verified: ['sms'] }).kind === 'enrol'),
          ),
  },
  {
    rule: 'recovery-removes-at-once',
    level: 'warning',
    at: '/login',
    find: ({ policy }) =>
      phasesWhere(
        situations(policy, ['sms', 'totp', 'recovery-code']),
        (s) =>
          s.unbind === 'step-up' &&
          s.change.kind === 'challenge' &&
          s.change.recovery.length > 0 &&
          (policy.times.recoveryCoolingSeconds < 3600 ||
            s.change.recovery.some(
              (type) => decide(policy, { ...s.facts, purpose: 'unbind', verified: [type] }).kind === 'allow',
            )),
      ),
  },
  {
    rule: 'login-removes',
    level: 'warning',
    at: '/unbind',
    find: ({ policy }) =>
      phasesWhere(
        situations(policy, ['sms', 'totp']),
        (s) => s.unbind === 'login' && !bySmsAlone(s) && s.login.kind !== 'refuse',
      ),
  },
  {
    rule: 'operator-removes',
    level: 'warning',
    at: '/unbind',
    find: ({ policy }) =>
      policy.console.secondOperator.includes('unbind')
        ? []
        : phasesWhere(situations(policy, ['sms', 'totp']), (s) => s.unbind === 'operator'),
  },
  {
    rule: 'stale-login-proves',
    level: 'warning',
    at: '/times/freshLoginSeconds',
    find: ({ policy }) => {
      const limit = policy.times.freshLoginSeconds;
      const used = [...situations(policy, ['sms', 'totp']), ...situations(policy, ['sms'])].some(
        (s) => s.bind?.proof === 'login' || s.unbind === 'login',
      );
      return used && limit > 900 ? [fact('login-counts', { seconds: limit })] : [];
    },
  },
  {
    rule: 'last-may-go',
    level: 'warning',
    at: '/keepAtLeast',
    find: ({ policy }) =>
      policy.keepAtLeast > 0
        ? []
        : phasesWhere(situations(policy, ['totp']), (s) => s.unbind !== 'operator' && s.login.kind !== 'refuse'),
  },
  {
    rule: 'stranded',
    level: 'warning',
    at: '/login',
    find: ({ policy }) => {
      const all = situations(policy, ['sms']);
      const found = all.filter(
        (s) => s.login.kind === 'refuse' && all.every((o) => o.phase !== s.phase || o.login.kind === 'refuse'),
      );
      return phasesWhere(found, () => true);
    },
  },
  {
    rule: 'wide-window',
    level: 'warning',
    at: '/totp/window',
    find: ({ policy: { totp } }) =>
      totp.window.back > 1 || totp.window.forward > 1
        ? [fact('window', { back: totp.window.back, forward: totp.window.forward })]
        : [],
  },
  {
    rule: 'long-codes',
    level: 'warning',
    at: '/totp/periodSeconds',
    find: ({ policy: { totp } }) => (totp.periodSeconds > 30 ? [fact('lasts', { seconds: totp.periodSeconds })] : []),
  },
  {
    rule: 'late-delay',
    level: 'warning',
    at: '/throttle',
    find: ({ policy: { throttle } }) => {
      const fifth = throttle.delaysSeconds[Math.min(5, throttle.delaysSeconds.length) - 1] ?? 0;
      return throttle.freezeAfter > 5 && fifth === 0 ? [fact('guesses', { guesses: throttle.freezeAfter })] : [];
    },
  },
  {
    rule: 'freeze-ends-soon',
    level: 'warning',
    at: '/throttle/unfreezeSeconds',
    find: ({ policy: { throttle } }) =>
      throttle.unfreezeSeconds !== undefined && throttle.unfreezeSeconds < 3600
        ? [fact('after', { seconds: throttle.unfreezeSeconds })]
        : [],
  },
  {
    rule: 'freezes-account',
    level: 'warning',
    at: '/throttle/scope',
    find: ({ policy: { throttle } }) => (throttle.scope === 'account' ? [fact('whole-account', {})] : []),
  },
  {
    rule: 'password-freeze-stays',
    level: 'warning',
    at: '/passwordThrottle/unfreezeSeconds',
    find: ({ policy }) =>
      policy.firstFactor.includes('password') && policy.passwordThrottle.unfreezeSeconds === undefined
        ? [fact('no-end', {})]
        : [],
  },
  {
    rule: 'silent-changes',
    level: 'warning',
    at: '/notices',
    find: ({ policy }) => (policy.notices ? [] : [fact('notices-off', {})]),
  },
  {
    rule: 'no-minimum-version',
    level: 'warning',
    at: '/clients',
    find: ({ policy }) => {
      const clients = Object.entries(policy.clients).filter(([, c]) => c.kind !== 'web');
      if (clients.every(([, c]) => c.minimumVersion === undefined)) return [];
      const without = clients.filter(([, c]) => c.minimumVersion === undefined).map(([id]) => id);
      return without.length === 0 ? [] : [fact('clients', { clients: without })];
    },
  },
  {
    rule: 'past-switch',
    level: 'warning',
    at: '/rollout/schedule',
    find: ({ policy: { rollout }, now }) =>
      rollout.schedule
        .filter((s) => Date.parse(s.at) <= now)
        .map(({ phase, cohort = null, at }) => fact('switch', { phase, cohort, at })),
  },
  {
    rule: 'unlimited-switch',
    level: 'warning',
    at: '/rollout/limitAffected',
    find: ({ policy }) => {
      if (policy.rollout.limitAffected !== undefined || policy.rollout.phase === 'totp-only') return [];
      const enrols = (phase: string): boolean =>
        situations(policy, ['sms']).some(
          (s) => s.phase === phase && decide(policy, { ...s.facts, verified: ['sms'] }).kind === 'enrol',
        );
      const forced = enrols('totp-only') && !enrols(policy.rollout.phase);
      return forced ? [fact('no-limit', {})] : [];
    },
  },
  {
    rule: 'many-sms',
    level: 'warning',
    at: '/sms',
    find: ({ policy: { sms } }) => [
      ...(sms.perAccountPerHour > 10 ? [fact('sms-hourly', { messages: sms.perAccountPerHour })] : []),
      ...(sms.countries.length > 20 ? [fact('sms-countries', { countries: sms.countries.length })] : []),
      ...(sms.codeSeconds > 300 ? [fact('sms-lasts', { seconds: sms.codeSeconds })] : []),
    ],
  },
  {
    rule: 'slow-binding',
    level: 'warning',
    at: '/times/bindingSeconds',
    find: ({ policy: { times } }) =>
      times.bindingSeconds > 600 ? [fact('lasts', { seconds: times.bindingSeconds })] : [],
  },
  {
    rule: 'device-joins-silently',
    level: 'note',
    at: '/devices/bindOnFirstCode',
    find: ({ policy: { devices } }) => (devices.bindOnFirstCode ? [fact('kinds', { kinds: devices.kinds })] : []),
  },
  {
    rule: 'nameless-devices',
    level: 'warning',
    at: '/devices/required',
    find: ({ policy: { devices } }) =>
      devices.bindOnFirstCode && !devices.required ? [fact('kinds', { kinds: devices.kinds })] : [],
  },
  {
    rule: 'no-recovery',
    level: 'note',
    at: '/recoveryCodes/offer',
    find: ({ policy }) => (policy.recoveryCodes.offer ? [] : [fact('no-recovery-codes', {})]),
  },
  {
    rule: 'sms-at-all',
    level: 'note',
    at: '/login',
    find: ({ policy }) =>
      phasesWhere(situations(policy, ['sms']), (s) => s.login.kind === 'challenge' && s.login.types.includes('sms')),
  },
  ...ENROLMENT_RULES,
  ...APPROVAL_RULES,
];
