// A person's phones from their own pages: ask for a registration (MO-1.2), see who joined, remove one. Proof as for any other change (ENR-09).
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Ports } from '../core/ports.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import type { TicketIssued } from './enrolment/issue-ticket.ts';
import { type EnrolmentView, enrolmentView } from './enrolment/phones.ts';
import { revokeOwnPhone, selfRegister } from './enrolment/self-service.ts';
import { restsIn } from './my-methods.ts';
import type { Browser, Portal } from './portal.ts';
import { unbindBy } from './unbind.ts';

/** A registration, shown once; those before it are void. */
export async function registerMine(
  ports: Ports,
  portal: Portal,
  person: SessionSnapshot,
  browser: Browser,
): Promise<TicketIssued | Refusal> {
  const rests = await restsIn(ports, portal, person, 'change');
  if (rests.kind === 'refused') return rests;
  const { kind: _, login, proof, snapshot: __, ...more } = rests;
  const client = { id: portal.portal.client, ip: browser.ip, userAgent: browser.userAgent ?? undefined };
  return selfRegister(ports, portal.caller, {
    account: person.account.account,
    client,
    login,
    proof,
    resting: { session: person.session.id, ...more },
  });
}

/** Removes one of the person's phones. */
export async function removeMyPhone(
  ports: Ports,
  portal: Portal,
  person: SessionSnapshot,
  phone: string,
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  const rests = await restsIn(ports, portal, person, 'unbind', (snapshot) =>
    unbindBy(portal.policy, snapshot) === 'operator'
      ? refuse('unbind-by-operator', { contact: portal.policy.contact })
      : undefined,
  );
  if (rests.kind === 'refused') return rests;
  const { kind: _, login, proof, snapshot: __, ...more } = rests;
  return revokeOwnPhone(ports, portal.caller, {
    account: person.account.account,
    phone,
    client: portal.portal.client,
    login,
    proof,
    resting: { session: person.session.id, ...more },
  });
}

/** The person's phones, and how their registration stands. */
export const myPhones = (
  ports: Ports,
  { caller }: Portal,
  { account }: SessionSnapshot,
): Promise<EnrolmentView | Refusal> => enrolmentView(ports, caller, account.account);
