// How the app answered for a login: with a code, or by a signature of the phone. What is said of the login to others follows from it (RFC 8176).
import type { Ports } from '../../core/ports.ts';

/** Whether a phone approved the login. */
export async function wasApproved(
  ports: Ports,
  login: { readonly loginId: string; readonly verified: readonly string[] },
): Promise<boolean> {
  if (!login.verified.includes('app')) return false;
  return (await ports.approvals.ofChallenge(login.loginId))?.status === 'approved';
}
