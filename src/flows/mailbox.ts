// The address of a backup mailbox: one spelling, and never the mailbox that it is to protect (CM-2.2): its codes would lie behind the very
// login they are asked at.
import { canonicalAccount } from '../core/account/account.ts';
import { type Refusal, refuse } from '../core/outcome.ts';

/** The address as it is stored and mailed to; a refusal when it is the account itself, under whatever tag or case. */
export function backupMailbox(account: string, typed: string): string | Refusal {
  const at = typed.lastIndexOf('@');
  const address = `${typed.slice(0, at)}@${typed.slice(at + 1).toLowerCase()}`;
  return sameBox(address) === sameBox(account) ? refuse('mailbox-protected') : address;
}

/** What follows a plus is a tag: the mail lies in the same box. */
const sameBox = (address: string): string => canonicalAccount(address).replace(/\+[^@]*@/, '@');
