// Logins and changes that wait for an answer: finding whose they are, and the answer, signed over the very text the server
// will check it against.
import { toBase64Url, utf8 } from '../pin/bytes.ts';
import { type Answer, signApproval } from '../pin/device.ts';
import { serverNow } from '../server/clock.ts';
import type { PhoneCalls } from '../server/server.ts';
import type { ApprovalView } from '../server/views.ts';
import type { Account } from '../store/accounts.ts';

/** Sends the answer. Nothing in the app calls this but the press of a button on the sheet that shows the approval. */
export async function answer(
  account: Account,
  calls: PhoneCalls,
  { id, canonical }: ApprovalView,
  given: Answer,
  number?: string,
): Promise<void> {
  const signature = await signApproval(account.keys.sign, canonical, given, number);
  const at = new Date(serverNow()).toISOString();
  await calls.answer(id, { answer: given, at, signature, ...(number === undefined ? {} : { number }) });
}

const hash = async (text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));

/** Which of our accounts the login behind a QR belongs to; undefined: none of them. Asking costs and tells nothing. */
export async function ownerOf(
  token: string,
  accounts: readonly Account[],
  look: (token: string) => Promise<{ readonly phones: readonly string[] }>,
): Promise<Account | undefined> {
  const { phones } = await look(token);
  const scan = await hash(`hufu/scan/v1\0${token}`);
  for (const account of accounts)
    if (phones.includes(await hash(`hufu/look/v1\n${scan}\n${account.phone}`))) return account;
  return undefined;
}
