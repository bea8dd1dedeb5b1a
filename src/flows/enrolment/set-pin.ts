// The first phone of an issue, or the first after a reset, sets the PIN: it leaves the tag that equal PINs have alike, and proves with a code that it holds
// its secret. From then on the phones of an older issue are out (MO-2.5), and of two first phones at once one sets it and the other asks for it.
import { CONFLICT, guarded } from '../../core/commit.ts';
import { epochOf, KDFS, type KdfName, kdfFor, maySetPin } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { Invalid } from '../accounts.ts';
import { endBegunBut } from '../first-method.ts';
import { endLogins } from '../logout.ts';
import { noticesOf } from '../notices.ts';
import { toldChange } from '../objection.ts';
import { proveCode } from './code.ts';
import { keyOf, loadPhone, type PhoneCall } from './load.ts';

export interface PhoneComplete {
  readonly kind: 'complete';
  readonly pinEpoch: number;
  readonly role: 'main' | 'sub';
}

export const TAG_BYTES = 32;
export const BAD_TAG: Invalid = { kind: 'invalid', at: '/tag', message: 'must be 32 bytes, base64url' };

/** Sets the PIN's tag and completes the phone. `output` is a code from the masked secret; `kdf` what the phone was told to make its key with. */
export async function setPin(
  ports: Ports,
  call: PhoneCall,
  input: { readonly tag: string; readonly output: string; readonly kdf?: KdfName | undefined },
): Promise<PhoneComplete | Refusal | Invalid> {
  const tag = ports.crypto.fromBase64url(input.tag);
  if (tag?.length !== TAG_BYTES) return BAD_TAG;
  return ports.turns.take(call.account, () =>
    guarded(async (thorough) => {
      const loaded = await loadPhone(ports, call, thorough);
      if (loaded.kind === 'refused') return loaded;
      const { snapshot, policy, enrolment, phone } = loaded;
      const { account } = snapshot;
      const key = keyOf(snapshot, phone.id, 'pending');
      if (!maySetPin(enrolment, phone)) return refuse('superseded');
      const kdf = input.kdf ?? enrolment.pin?.kdf ?? 'argon2id';
      // Another phone's PIN, or an operator, chose meanwhile: the phone asks anew.
      if (kdfFor(enrolment, [kdf], policy.pin.fallback) !== KDFS[kdf]) return refuse('superseded');
      if (key === undefined || (key.expiresAt ?? 0) <= snapshot.now) return refuse('expired');
      const proven = await proveCode(ports, call, loaded, key, input.output);
      if (proven === CONFLICT) return CONFLICT;
      if (proven.kind === 'refused') return proven;
      const others = enrolment.phones.filter((p) => p.id !== phone.id && p.issue === phone.issue);
      const role = phone.role === 'main' || !others.some((p) => p.role === 'main') ? 'main' : 'sub';
      const from = epochOf(enrolment);
      const gone = enrolment.phones.filter((p) => p.issue < phone.issue).map((p) => p.id);
      const event = { tenantId: account.tenantId, accountId: account.id, actor: call.caller.actor } as const;
      const written = await ports.store.commit(account.id, [
        ...proven.writes,
        {
          op: 'put-pin',
          tenantId: account.tenantId,
          accountId: account.id,
          from,
          issue: phone.issue,
          salt: enrolment.pin?.salt ?? '',
          tag,
          kdf,
        },
        { op: 'revoke-older-phones', accountId: account.id, issue: phone.issue },
        { op: 'drop-other-keys', accountId: account.id, phoneId: phone.id },
        { op: 'confirm-authenticator', accountId: account.id, id: key.id, type: 'app', only: false },
        { op: 'complete-phone', accountId: account.id, id: phone.id, role, pinEpoch: from + 1 },
        { op: 'demote-others', accountId: account.id, issue: phone.issue, except: phone.id },
        { op: 'audit', event: { ...event, event: 'pin.set', data: { phone: phone.id, kdf } } },
        ...endLogins(account.id, 'satisfied'),
        ...endBegunBut(snapshot),
        { op: 'audit', event: { ...event, event: 'phone.completed', data: { phone: phone.id, role } } },
        ...gone.map(
          (id) =>
            ({
              op: 'audit',
              event: { ...event, event: 'phone.revoked', data: { phone: id, by: 'a new registration' } },
            }) as const,
        ),
        // Phones of the registration before have a PIN that is no more.
        ...(await toldChange(ports, policy, snapshot, 'phone-added', {
          added: [key.id],
          removed: [],
          phones: [phone.id],
          ...(gone.length > 0 ? { final: true } : {}),
        })),
        ...(gone.length > 0 ? noticesOf(ports, policy, snapshot, 'phone-removed') : []),
      ]);
      if (written.kind === 'conflict') return CONFLICT;
      ports.wake('outbox', account.tenantId);
      ports.wake('enrolment', account.id);
      return { kind: 'complete', pinEpoch: from + 1, role };
    }),
  );
}
