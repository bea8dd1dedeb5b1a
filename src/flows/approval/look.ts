// Whose QR is this? A phone may hold several accounts, and must sign with the right one. Anyone who has the token may ask, and learns no account: each
// phone that could answer is named by a hash of its id under the token, which only that phone recognises.
import { isOpen } from '../../core/approval/approval.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { scanHash } from './open-scan.ts';

export interface Looked {
  readonly kind: 'looked';
  readonly phones: readonly string[];
}

/** The open scan with that token. Consumes nothing. */
export async function lookAtScan(
  ports: Ports,
  input: { readonly token: string },
  ip: string,
): Promise<Looked | Refusal> {
  const at = await ports.store.now();
  const wait = ports.addresses.wait('', ip, at);
  if (wait > 0) return refuse('throttled', { retryAfter: wait });
  const hash = scanHash(ports, input.token);
  const approval = hash === undefined ? undefined : await ports.approvals.byToken(hash);
  if (approval === undefined) {
    ports.addresses.failed('', ip, at);
    return refuse('approval-unknown');
  }
  const { phones, wechat, now } = await ports.enrolment.of(approval.accountId);
  if (!isOpen(approval, now)) return refuse('expired');
  return { kind: 'looked', phones: [...phones, ...wechat].map((phone) => phoneMark(ports, hash ?? '', phone.id)) };
}

/** `hash` is that of the token, so whoever never saw the QR can make nothing of a mark. */
export const phoneMark = (ports: Ports, hash: string, phone: string): string =>
  ports.crypto.hash(`hufu/look/v1\n${hash}\n${phone}`);
