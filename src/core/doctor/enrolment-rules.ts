// What a policy risks with the registration of phones (core/enrolment).
import type { Policy } from '../policy/policy.ts';
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
        ? `good for ${Math.round(policy.enrolment.ticketSeconds / 360) / 10} h and ${policy.enrolment.slots} phones`
        : null,
    risk: 'Whoever opens the registration mail can register a phone of their own with it (NIST SP 800-63B-4 §4.1.2.2 lets no code that binds go by mail).',
    instead:
      '`enrolment: { firstFactor: true, activationSeconds: 600 }`: the password opens it, for one phone at a time.',
  },
  {
    rule: 'links-in-mail',
    level: 'warning',
    at: '/enrolment/links',
    find: ({ policy }) => (usesApp(policy) && policy.enrolment.links ? 'registration mails' : null),
    risk: 'Mails with links teach people to follow links: who sends a false one is believed.',
    instead: '`enrolment: { links: false }`: the QR is a picture in the mail, and the code can be typed.',
  },
];
