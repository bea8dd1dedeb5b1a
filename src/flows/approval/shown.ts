// What a phone is shown of an approval, and the text it signs. Made from what is stored, so that it is the same when the answer is checked.
import type { Approval } from '../../core/approval/approval.ts';
import { browserName } from '../../core/approval/browser.ts';
import { canonicalText, type Shown } from '../../core/approval/canonical.ts';
import type { Ports, Tenant } from '../../core/ports.ts';
import type { ChallengeSnapshot } from '../../core/store.ts';

export interface ShownApproval {
  readonly kind: 'approval';
  readonly shown: Shown;
  readonly canonical: string;
}

/** The approval as that phone is shown it, in the account's language. */
export function showApproval(
  ports: Ports,
  { id, name, policy }: Tenant,
  { account, challenge, authenticators }: ChallengeSnapshot,
  approval: Approval,
  phoneId: string,
): ShownApproval {
  const client = Object.hasOwn(policy.clients, challenge.clientId) ? policy.clients[challenge.clientId] : undefined;
  const target = authenticators.find((a) => a.id === challenge.target);
  const browser = browserName(challenge.userAgent);
  const shown: Shown = {
    id: approval.id,
    kind: approval.kind,
    purpose: target === undefined ? challenge.purpose : `${challenge.purpose}-${target.type}`,
    tenant: { id, name },
    account: account.account,
    client: client?.name[account.locale] ?? challenge.clientId,
    browser: browser === '' ? (challenge.deviceName ?? '') : browser,
    ip: challenge.ip ?? '',
    place: challenge.ip === null ? null : (ports.placeOf(challenge.ip)?.[account.locale] ?? null),
    at: new Date(approval.createdAt).toISOString(),
    expiresAt: new Date(approval.expiresAt).toISOString(),
    needsNumber: approval.number !== null,
    mayTrust: policy.trust.enabled && challenge.purpose === 'login' && challenge.clientId === policy.portal?.client,
  };
  return { kind: 'approval', shown, canonical: canonicalText(shown, phoneId, challenge.id) };
}
