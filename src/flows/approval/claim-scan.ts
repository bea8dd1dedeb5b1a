// The first phone of its owner that scans a login's QR has it; whoever else scans it is told that there is nothing, and the owner is told of them
// (SCN-04). Claiming decides nothing: it brings up the sheet (SCN-14).
import { type Approval, isOpen } from '../../core/approval/approval.ts';
import { CONFLICT, type Conflict, guarded } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { loadPhone, type PhoneCall } from '../enrolment/load.ts';
import { noticesOf } from '../notices.ts';
import { askedOf } from '../open-challenge.ts';
import { tenantOf } from '../tenant.ts';
import { scanHash } from './open-scan.ts';
import { able } from './phones.ts';
import { type ShownApproval, showApproval } from './shown.ts';

/** Claims the scan with that token for the calling phone, or shows it again to the phone that has it. */
export async function claimScan(
  ports: Ports,
  call: PhoneCall,
  input: { readonly token: string },
): Promise<ShownApproval | Refusal> {
  const hash = scanHash(ports, input.token);
  return guarded(async (thorough) => {
    const loaded = await loadPhone(ports, call, thorough, 'any');
    if (loaded.kind === 'refused') return loaded;
    const approval = hash === undefined ? undefined : await ports.approvals.byToken(hash);
    if (approval === undefined) return refuse('approval-unknown');
    if (approval.accountId !== loaded.snapshot.account.id) return strangerScanned(ports, approval, loaded.phone.id);
    const snapshot = await ports.store.challenge(approval.tenantId, approval.challengeId, thorough);
    if (snapshot === undefined) return refuse('approval-unknown');
    const tenant = await tenantOf(ports, call.caller, snapshot);
    const asked = askedOf(tenant.policy, snapshot);
    if (asked.kind === 'refused') return asked;
    const mine = approval.status === 'claimed' && approval.phoneId === loaded.phone.id;
    if (!isOpen(approval, snapshot.now)) return refuse(approval.status === 'waiting' || mine ? 'expired' : 'closed');
    if (approval.status === 'claimed' && !mine) return refuse('closed');
    const phone = able(tenant.policy, snapshot, loaded.enrolment, loaded.phone.id);
    if (phone.kind === 'refused') return phone;
    const { types } = asked.decision;
    if (!types.includes(phone.authenticator.type)) return refuse('method-not-offered', { offered: types });
    const shown = showApproval(ports, tenant, snapshot, approval, loaded.phone.id);
    if (mine) return shown;
    const { account, challenge } = snapshot;
    const written = await ports.store.commit(account.id, [
      { op: 'claim-approval', id: approval.id, accountId: account.id, phoneId: loaded.phone.id },
      { op: 'close-approvals', challengeId: challenge.id, except: approval.id },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'approval.claimed',
          actor: call.caller.actor,
          data: { login: challenge.id, approval: approval.id, phone: loaded.phone.id },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('challenge', challenge.id);
    return shown;
  });
}

/** Tells the owner once, while the login is open. Who scanned is in the audit, not in the notice. */
async function strangerScanned(ports: Ports, approval: Approval, phone: string): Promise<Refusal | Conflict> {
  const owner: Caller = { tenantId: approval.tenantId, actor: 'app', keyId: '', client: null };
  const snapshot = await ports.store.challenge(approval.tenantId, approval.challengeId, false);
  if (snapshot === undefined || approval.alerted || !isOpen(approval, snapshot.now)) return refuse('approval-unknown');
  const { policy } = await tenantOf(ports, owner, snapshot);
  const { account, challenge } = snapshot;
  const written = await ports.store.commit(account.id, [
    { op: 'alert-approval', id: approval.id },
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: 'approval.foreign',
        actor: 'app',
        data: { login: challenge.id, approval: approval.id, phone },
      },
    },
    ...noticesOf(ports, policy, snapshot, 'scanned-by-other'),
  ]);
  if (written.kind === 'conflict') return CONFLICT;
  ports.wake('outbox', account.tenantId);
  return refuse('approval-unknown');
}
