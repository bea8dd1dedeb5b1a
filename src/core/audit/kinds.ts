// What an operator looks for in a customer's timeline: which events are of which kind. By the beginning of their names, so that a new event is of its
// family's kind; what tells of risk is named one by one.
import { AUDIT_EVENTS, type AuditEventName } from './events.ts';

export type TimelineKind = 'logins' | 'bindings' | 'operators' | 'risk';

const FAMILIES: Readonly<Record<'logins' | 'bindings', readonly string[]>> = {
  logins: ['login', 'step', 'output', 'code', 'challenge', 'session', 'sessions', 'first-factor', 'approval', 'mail'],
  bindings: [
    'binding',
    'authenticator',
    'recovery-codes',
    'trust',
    'device',
    'ticket',
    'phone',
    'pin',
    'authorised-person',
    'account',
    'app-password',
    'bypass',
  ],
};
const RISK: ReadonlySet<string> = new Set<AuditEventName>([
  'output.rejected',
  'authenticator.frozen',
  'first-factor.rejected',
  'login.refused',
  'approval.foreign',
  'approval.denied',
  'approval.blocked',
  'account.secured',
  'account.updated',
  'authorised-person.changed',
  'account.vetoed',
  'account.restored',
  'bypass.issued',
  'bypass.used',
  'veto.rejected',
  'trust.stolen',
  'trust.refused',
  'ticket.rejected',
  'ticket.voided',
  'mail.refused',
  'store.restored',
]);

/** The kinds of an event, by its name and who did it. */
export function kindsOf(event: string, actor: string): readonly TimelineKind[] {
  const family = event.slice(0, event.indexOf('.'));
  return [
    ...(FAMILIES.logins.includes(family) ? (['logins'] as const) : []),
    ...(FAMILIES.bindings.includes(family) ? (['bindings'] as const) : []),
    ...(actor.startsWith('operator:') ? (['operators'] as const) : []),
    ...(RISK.has(event) ? (['risk'] as const) : []),
  ];
}

/** The names of every event of a kind; undefined for what follows from who did it. */
export const eventsOf = (kind: TimelineKind): readonly AuditEventName[] | undefined =>
  kind === 'operators'
    ? undefined
    : (Object.keys(AUDIT_EVENTS) as AuditEventName[]).filter((event) => kindsOf(event, '').includes(kind));
