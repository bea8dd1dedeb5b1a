// How a binding stands, for the page that began it and waits for a phone to complete it (CM-2.1).
import { canonicalAccount } from '../core/account/account.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';

export interface BindingState {
  readonly kind: 'state';
  readonly status: 'pending' | 'bound' | 'superseded' | 'expired';
}

/** The state of one of the account's bindings. */
export async function bindingState(
  ports: Ports,
  caller: Caller,
  input: { readonly account: string; readonly binding: string },
): Promise<BindingState | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), false);
  const found = snapshot?.authenticators.find((a) => a.id === input.binding);
  if (snapshot === undefined || found === undefined) return refuse('not-found');
  if (found.status === 'active') return { kind: 'state', status: 'bound' };
  if (found.status === 'void') return { kind: 'state', status: 'superseded' };
  return { kind: 'state', status: (found.expiresAt ?? 0) <= snapshot.now ? 'expired' : 'pending' };
}
