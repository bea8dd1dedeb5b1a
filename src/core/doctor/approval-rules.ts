// What a policy risks with approvals (core/approval), and with a mailbox as a method.
import type { Policy } from '../policy/policy.ts';
import type { Rule } from './finding.ts';
import { phasesWhere, situations } from './situations.ts';

const asksApp = (policy: Policy): boolean => policy.login.some((rule) => rule.challenge?.includes('app') === true);

export const APPROVAL_RULES: readonly Rule<{ readonly policy: Policy; readonly now: number }>[] = [
  {
    rule: 'mailbox-logs-in',
    level: 'warning',
    at: '/login',
    find: ({ policy }) =>
      phasesWhere(
        situations(policy, ['email']),
        ({ login }) => login.kind === 'challenge' && login.types.includes('email'),
      ),
    risk: 'A code by mail proves another password, not a device (NIST SP 800-63B-4 §3.1.3.1): who has both passwords is in, and has no other step to take.',
    instead: 'Leave `email` out of `challenge`; or keep it, and ask for `acr` `urn:hufu:aal2` where it matters.',
  },
  {
    rule: 'short-push-number',
    level: 'note',
    at: '/approvals/numberDigits',
    find: ({ policy }) =>
      asksApp(policy) && policy.approvals.push && policy.approvals.numberDigits < 6
        ? `${policy.approvals.numberDigits} digits`
        : null,
    risk: 'Who types the first number that comes to mind approves a stranger’s login once in a hundred times.',
    instead:
      '`approvals: { numberDigits: 6 }`, as NIST SP 800-63B-4 §3.1.3.2 asks; or `push: false`: a QR needs no number.',
  },
];
