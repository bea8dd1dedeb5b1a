// What a logged-in person does with their own phones: ask for a registration (MO-1.2), and revoke one. Both rest on what the policy's bind and unbind
// rules ask for, like any other change of methods (ENR-09, REB-01).
import { canonicalAccount } from '../../core/account/account.ts';
import type { TypeName } from '../../core/authenticator/type.ts';
import { guarded } from '../../core/commit.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import { mayBind } from '../../core/policy/decide.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import { type ClaimedClient, knowClient, tooOld } from '../client.ts';
import { factsOf, refusalOf } from '../facts.ts';
import { proofOf } from '../proof.ts';
import { tenantOf } from '../tenant.ts';
import { unbindBy } from '../unbind.ts';
import { issueTicket, type TicketIssued } from './issue-ticket.ts';
import { revokePhone } from './phones.ts';

/** The session of a person's own pages that asks: what it verified, and whether only a step-up will do. */
export interface Resting {
  readonly session: string;
  readonly verified: readonly TypeName[];
  readonly stepUp?: true;
}

/** A registration for the person who is logged in on that client. Shown once; the ones before it are void. */
export async function selfRegister(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly client: ClaimedClient;
    readonly login?: string | undefined;
    readonly proof?: string | undefined;
    readonly resting?: Resting | undefined;
  },
): Promise<TicketIssued | Refusal> {
  const { policy } = await tenantOf(ports, caller, undefined);
  return issueTicket(ports, caller, {
    account: input.account,
    actor: caller.actor,
    isSelf: true,
    as: policy.enrolment.firstFactor ? 'activation' : 'issue',
    async also(current, snapshot) {
      if (!current.enrolment.selfService) return refuse('binding-not-allowed');
      const known = knowClient(current, caller, input.client);
      if (known.kind === 'refused') return known;
      const rule = mayBind(current, factsOf(current, snapshot, known, 'login', []));
      if (rule === undefined || !rule.types.includes('app')) {
        if (rule !== undefined && known.isTooOld && current.versioned.includes('app')) return tooOld(known);
        const elsewhere = rule !== undefined && !known.client.binds.includes('app');
        return elsewhere ? refusalOf(current, 'bind-elsewhere', known) : refuse('binding-not-allowed');
      }
      const proof = await proofOf(ports, current, snapshot, {
        by: input.resting?.stepUp === true ? 'step-up' : rule.proof,
        verified: input.resting?.verified,
        clientId: known.id,
        keyId: caller.keyId,
        login: input.login,
        proof: input.proof,
        purpose: 'change',
      });
      return proof.kind === 'refused' ? proof : proof.writes;
    },
  });
}

/** Revokes one of the person's own phones, as far as the policy's unbind rules let them. */
export async function revokeOwnPhone(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly phone: string;
    readonly client?: string | undefined;
    readonly login?: string | undefined;
    readonly proof?: string | undefined;
    readonly resting?: Resting | undefined;
  },
): Promise<{ readonly kind: 'revoked' } | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { contact } = policy;
    if (caller.client !== null && input.client !== undefined && input.client !== caller.client.id)
      return refuse('client-mismatch', { client: caller.client.id });
    if (snapshot.account.status === 'suspended') return refuse('account-suspended', { contact });
    const { phones } = await ports.enrolment.of(snapshot.account.id);
    if (!phones.some((p) => p.id === input.phone)) return refuse('not-found');
    const by = unbindBy(policy, snapshot);
    if (by === 'operator') return refuse('unbind-by-operator', { contact });
    const proof = await proofOf(ports, policy, snapshot, {
      by: input.resting?.stepUp === true ? 'step-up' : by,
      verified: input.resting?.verified,
      clientId: input.client ?? caller.client?.id ?? '',
      keyId: caller.keyId,
      login: input.login,
      proof: input.proof,
      purpose: 'unbind',
    });
    if (proof.kind === 'refused') return proof;
    const done = await revokePhone(ports, caller, {
      account: input.account,
      phone: input.phone,
      actor: caller.actor,
      keepOthers: true,
      proof: proof.writes,
      ...(input.resting === undefined ? {} : { session: input.resting.session }),
    });
    return done;
  });
}
