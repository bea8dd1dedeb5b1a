// What a policy risks with the registration of phones (core/enrolment).
import type { Policy } from '../policy/policy.ts';
import { fact } from './facts.ts';
import type { Rule } from './finding.ts';

const usesApp = ({ clients, login }: Policy): boolean =>
  Object.values(clients).some((client) => client.binds.includes('app')) ||
  login.some((rule) => rule.challenge?.includes('app') === true);

export const ENROLMENT_RULES: readonly Rule<{ readonly policy: Policy; readonly now: number }>[] = [
  {
    rule: 'mailed-registration',
    level: 'warning',
    at: '/enrolment/firstFactor',
    find: ({ policy }) =>
      usesApp(policy) && !policy.enrolment.firstFactor
        ? [fact('registration', { seconds: policy.enrolment.ticketSeconds, phones: policy.enrolment.slots })]
        : [],
  },
  {
    rule: 'links-in-mail',
    level: 'warning',
    at: '/enrolment/links',
    find: ({ policy }) => (usesApp(policy) && policy.enrolment.links ? [fact('registration-mails', {})] : []),
  },
];
