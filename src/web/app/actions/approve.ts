// A person's answer to an approval, signed over the very text the server will check it against.
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
