// The read side of enrolment. What is decided from it is guarded by the writes, so reading several things one after another is safe.
import type { Enrolment, StoredPhone, StoredTicket } from './enrolment.ts';

export interface EnrolmentStore {
  /** The ticket or activation with this token's hash, in any status. */
  ticketByToken(tokenHash: string): Promise<StoredTicket | undefined>;
  /** Open tickets of accounts with that name, expired or not, of one tenant or (null) of all: what a typed code is compared with. */
  ticketsOf(tenantId: string | null, canonical: string): Promise<readonly StoredTicket[]>;
  /** The account's PIN state, newest ticket and phones in force. */
  of(accountId: string): Promise<Enrolment>;
  /** Opens the secret that a phone of WeChat signs under: that of its authenticator, bound or still to be; undefined when it has none. */
  secretOf(phone: StoredPhone): Promise<Uint8Array | undefined>;
  /** A phone, revoked or not. */
  phone(id: string): Promise<StoredPhone | undefined>;
}
