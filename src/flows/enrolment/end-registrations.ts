// What was begun on the word of whoever was logged in ends with that login: a thief who asked for a registration and kept its QR would otherwise join with
// it after everything else was taken back, and the account's own phones would be out (MO-2.5).
import type { Write } from '../../core/commit.ts';
import type { Ports } from '../../core/ports.ts';

/** The writes that end every registration of an account: its tickets are void, and phones of a new registration that has no PIN yet are out. */
export async function endRegistrations(ports: Ports, accountId: string): Promise<readonly Write[]> {
  const { pin } = await ports.enrolment.of(accountId);
  return [
    { op: 'void-tickets', accountId },
    { op: 'revoke-unbegun-phones', accountId, issue: pin?.issue ?? 0 },
    { op: 'drop-revoked-keys', accountId },
  ];
}
