// What a policy risks with approvals (core/approval), and with a mailbox as a method.
import type { Policy } from '../policy/policy.ts';
import { fact } from './facts.ts';
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
  },
  {
    rule: 'short-push-number',
    level: 'note',
    at: '/approvals/numberDigits',
    find: ({ policy }) =>
      asksApp(policy) && policy.approvals.push && policy.approvals.numberDigits < 6
        ? [fact('digits', { digits: policy.approvals.numberDigits })]
        : [],
  },
];
