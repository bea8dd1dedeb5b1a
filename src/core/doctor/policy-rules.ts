// What a policy risks, one row each. The preset `recommended` gives no warning; what the others give is pinned by a test.
import { decide } from '../policy/decide.ts';
import type { Policy } from '../policy/policy.ts';
import { APPROVAL_RULES } from './approval-rules.ts';
import { ENROLMENT_RULES } from './enrolment-rules.ts';
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
const seconds = (n: number): string =>
  n >= 3600 ? `${Math.round(n / 360) / 10} h` : n >= 60 ? `${Math.round(n / 6) / 10} min` : `${n} s`;

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
    risk: "A password alone is enough to bind the first authenticator: who has stolen it binds their own phone, and the account's owner is locked out.",
    instead:
      'Give the login rule that enrols a `challenge` too, such as `challenge: [sms]`, so that the registered phone answers first.',
  },
  {
    rule: 'password-alone-logs-in',
    level: 'warning',
    at: '/login',
    find: ({ policy }) => phasesWhere(situations(policy, []), (s) => s.login.kind === 'allow'),
    risk: 'An account that has bound nothing logs in with its password alone.',
    instead:
      'Ask for a second step (`challenge`) or for a binding (`enrol`) instead of `allow`, or plan the switch after which you do.',
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
    risk: 'Accounts that have bound an authenticator can still log in by SMS: a swapped SIM card or a redirected message gets in.',
    instead: 'Ask bound accounts for `challenge: [totp]`, with `recovery: [recovery-code]` as the way out.',
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
    risk: 'Who has logged in by SMS may remove the authenticator: the weaker method takes away the stronger (as in CVE-2026-3429).',
    instead:
      '`by: step-up`, with a login rule for `purpose: [unbind, change, confirm]` that asks for `[totp]` and takes a recovery code.',
  },
  {
    rule: 'new-number-serves-at-once',
    level: 'warning',
    at: '/times/contactCoolingSeconds',
    find: ({ policy }) =>
      policy.times.contactCoolingSeconds >= 3600
        ? null
        : phasesWhere(
            [...situations(policy, ['sms']), ...situations(policy, ['sms', 'totp'])],
            (s) =>
              (bySmsAlone(s) && (s.unbind === 'login' || (mayBindTotp(s) && s.bind?.proof === 'login'))) ||
              (s.unbind === 'step-up' && s.change.kind === 'challenge' && s.change.types.includes('sms')) ||
              (bySmsAlone(s) && decide(policy, { ...s.facts, verified: ['sms'] }).kind === 'enrol'),
          ),
    risk: 'A phone number that was changed a minute ago can bind or remove an authenticator: who gets the number changed owns the account at once.',
    instead: '`times: { contactCoolingSeconds: 86400 }`: the new number logs in, and changes methods a day later.',
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
    risk: 'One code from a sheet of paper removes the authenticator, at once: who finds the sheet owns the account before its owner hears of it.',
    instead:
      'In the rule for `purpose: [unbind, change, confirm]`: `recovery: [recovery-code, sms]`, `recoveryNeeds: 2`, and `times: { recoveryCoolingSeconds: 86400 }`.',
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
    risk: 'A login done earlier is enough to remove the authenticator: so it is for whoever takes over an open session.',
    instead: '`by: step-up`: a fresh code from what is to be removed.',
  },
  {
    rule: 'operator-removes',
    level: 'warning',
    at: '/unbind',
    find: ({ policy }) =>
      policy.console.secondOperator.includes('unbind')
        ? null
        : phasesWhere(situations(policy, ['sms', 'totp']), (s) => s.unbind === 'operator'),
    risk: 'A single person on the telephone can be talked into removing a binding.',
    instead:
      'Let a second operator look first (`console: { secondOperator: [unbind, change-person], callerCheck: required }`), let owners do it themselves (`by: step-up`, with recovery codes), and give `console:write` to few keys.',
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
      return used && limit > 900 ? `a login counts for ${seconds(limit)}` : null;
    },
    risk: 'A login from hours ago still allows changing what is bound: a session left open or taken over is enough.',
    instead: '`times: { freshLoginSeconds: 900 }` or less, or `proof: step-up`.',
  },
  {
    rule: 'last-may-go',
    level: 'warning',
    at: '/keepAtLeast',
    find: ({ policy }) =>
      policy.keepAtLeast > 0
        ? null
        : phasesWhere(situations(policy, ['totp']), (s) => s.unbind !== 'operator' && s.login.kind !== 'refuse'),
    risk: 'An owner, or whoever acts for them, may remove the last method, and the account stands with its password alone.',
    instead: '`keepAtLeast: 1`.',
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
    risk: 'An account that has bound nothing is refused on every client: it can neither log in nor bind.',
    instead: 'Give one client `binds: [totp]` and a login rule that enrols there.',
  },
  {
    rule: 'wide-window',
    level: 'warning',
    at: '/totp/window',
    find: ({ policy: { totp } }) =>
      totp.window.back > 1 || totp.window.forward > 1
        ? `${totp.window.back} steps back, ${totp.window.forward} forward`
        : null,
    risk: 'More codes are right at once: each further step makes guessing easier, and an overseen code stays good for longer.',
    instead: '`window: { back: 1, forward: 1 }`; tell people to set their phone to automatic time.',
  },
  {
    rule: 'long-codes',
    level: 'warning',
    at: '/totp/periodSeconds',
    find: ({ policy: { totp } }) => (totp.periodSeconds > 30 ? `${totp.periodSeconds} s` : null),
    risk: 'A code lives longer than OWASP ASVS 6.5.5 wants (30 s), and some authenticator apps show 30-second codes whatever the QR says.',
    instead: '`periodSeconds: 30`.',
  },
  {
    rule: 'late-delay',
    level: 'warning',
    at: '/throttle',
    find: ({ policy: { throttle } }) => {
      const fifth = throttle.delaysSeconds[Math.min(5, throttle.delaysSeconds.length) - 1] ?? 0;
      return throttle.freezeAfter > 5 && fifth === 0
        ? `${throttle.freezeAfter} guesses, no wait after the fifth`
        : null;
    },
    risk: 'More than five guesses can be made in one go.',
    instead:
      '`freezeAfter: 5`, or delays that grow from the fourth on: `delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600]`.',
  },
  {
    rule: 'freeze-ends-soon',
    level: 'warning',
    at: '/throttle/unfreezeSeconds',
    find: ({ policy: { throttle } }) =>
      throttle.unfreezeSeconds !== undefined && throttle.unfreezeSeconds < 3600
        ? `after ${seconds(throttle.unfreezeSeconds)}`
        : null,
    risk: 'A freeze that ends by itself after minutes lets guessing go on all day.',
    instead: 'At least `unfreezeSeconds: 3600`, or none: then an operator ends it.',
  },
  {
    rule: 'freezes-account',
    level: 'warning',
    at: '/throttle/scope',
    find: ({ policy: { throttle } }) => (throttle.scope === 'account' ? 'wrong codes freeze the whole account' : null),
    risk: 'Who knows a password can keep its owner out of every method by typing wrong codes.',
    instead: '`scope: authenticator`: the other methods, and recovery codes, stay open.',
  },
  {
    rule: 'password-freeze-stays',
    level: 'warning',
    at: '/passwordThrottle/unfreezeSeconds',
    find: ({ policy }) =>
      policy.firstFactor.includes('password') && policy.passwordThrottle.unfreezeSeconds === undefined
        ? 'no end is set'
        : null,
    risk: 'Anyone who knows an account name can lock its owner out for good with wrong passwords, until an operator helps.',
    instead: '`passwordThrottle: { …, unfreezeSeconds: 3600 }`.',
  },
  {
    rule: 'silent-changes',
    level: 'warning',
    at: '/notices',
    find: ({ policy }) => (policy.notices ? null : 'notices are off'),
    risk: 'Nobody is told when their methods change: a theft is noticed when the money is gone.',
    instead: '`notices: true`.',
  },
  {
    rule: 'no-minimum-version',
    level: 'warning',
    at: '/clients',
    find: ({ policy }) => {
      const clients = Object.entries(policy.clients).filter(([, c]) => c.kind !== 'web');
      if (clients.every(([, c]) => c.minimumVersion === undefined)) return null;
      const without = clients.filter(([, c]) => c.minimumVersion === undefined).map(([id]) => id);
      return without.length === 0 ? null : without.join(', ');
    },
    risk: 'Other clients have a minimum version and these have none: any old copy of them counts as new enough.',
    instead: "`minimumVersion: '…'` on each.",
  },
  {
    rule: 'past-switch',
    level: 'warning',
    at: '/rollout/schedule',
    find: ({ policy: { rollout }, now }) => {
      const past = rollout.schedule.filter((s) => Date.parse(s.at) <= now);
      return past.length === 0
        ? null
        : past.map((s) => `${s.phase}${s.cohort === undefined ? '' : ` for ${s.cohort}`} at ${s.at}`).join(', ');
    },
    risk: 'The schedule holds switches that are already in force: `rollout.phase` no longer says what phase it is.',
    instead:
      'Write the phase in force into `rollout.phase` (or `cohorts`) and drop the entry; `hufu policy phase` does both.',
  },
  {
    rule: 'unlimited-switch',
    level: 'warning',
    at: '/rollout/limitAffected',
    find: ({ policy }) => {
      if (policy.rollout.limitAffected !== undefined || policy.rollout.phase === 'totp-only') return null;
      const enrols = (phase: string): boolean =>
        situations(policy, ['sms']).some(
          (s) => s.phase === phase && decide(policy, { ...s.facts, verified: ['sms'] }).kind === 'enrol',
        );
      const forced = enrols('totp-only') && !enrols(policy.rollout.phase);
      return forced ? 'no limit is set' : null;
    },
    risk: 'One call switches everyone to totp-only: thousands who have bound nothing meet it at the next market opening.',
    instead: '`rollout: { …, limitAffected: 1000 }`: a larger switch then needs a reason and an override.',
  },
  {
    rule: 'many-sms',
    level: 'warning',
    at: '/sms',
    find: ({ policy: { sms } }) => {
      const told = [
        ...(sms.perAccountPerHour > 10 ? [`${sms.perAccountPerHour} an hour for one account`] : []),
        ...(sms.countries.length > 20 ? [`to ${sms.countries.length} countries`] : []),
        ...(sms.codeSeconds > 300 ? [`codes good for ${seconds(sms.codeSeconds)}`] : []),
      ];
      return told.length === 0 ? null : told.join('; ');
    },
    risk: 'Bots can run up your SMS bill on numbers they are paid for, and long-lived codes can be talked out of people.',
    instead: '`sms: { codeSeconds: 180, perAccountPerHour: 5, countries: [only where your people are] }`.',
  },
  {
    rule: 'slow-binding',
    level: 'warning',
    at: '/times/bindingSeconds',
    find: ({ policy: { times } }) => (times.bindingSeconds > 600 ? seconds(times.bindingSeconds) : null),
    risk: 'A QR code stays good for longer than the ten minutes of NIST SP 800-63B-4 §4.1.2.2: an overseen one can still be used.',
    instead: '`times: { bindingSeconds: 600 }`.',
  },
  {
    rule: 'device-joins-silently',
    level: 'note',
    at: '/devices/bindOnFirstCode',
    find: ({ policy: { devices } }) => (devices.bindOnFirstCode ? `on ${devices.kinds.join(', ')}` : null),
    risk: 'The first right code from a new device adds it to the account: who oversees one code adds their own.',
    instead:
      'Nothing, if this is what you want: its owner sees it in the device list and is told. Otherwise `bindOnFirstCode: false`.',
  },
  {
    rule: 'nameless-devices',
    level: 'warning',
    at: '/devices/required',
    find: ({ policy: { devices } }) =>
      devices.bindOnFirstCode && !devices.required ? `on ${devices.kinds.join(', ')}` : null,
    risk: 'A device that was removed comes back by naming no device at all.',
    instead: '`required: true`, or leave it out: once every version of your client in use sends `deviceId`.',
  },
  {
    rule: 'no-recovery',
    level: 'note',
    at: '/recoveryCodes/offer',
    find: ({ policy }) => (policy.recoveryCodes.offer ? null : 'recovery codes are not offered'),
    risk: 'Whoever loses their phone has to call you.',
    instead: '`recoveryCodes: { offer: true }`.',
  },
  {
    rule: 'sms-at-all',
    level: 'note',
    at: '/login',
    find: ({ policy }) =>
      phasesWhere(situations(policy, ['sms']), (s) => s.login.kind === 'challenge' && s.login.types.includes('sms')),
    risk: 'Accounts that have bound nothing rest on SMS, which NIST SP 800-63B-4 §3.1.3.3 restricts: numbers are ported and messages redirected.',
    instead: 'Plan the switch: `hufu policy phase totp-only --at …`, cohort by cohort.',
  },
  ...ENROLMENT_RULES,
  ...APPROVAL_RULES,
];
