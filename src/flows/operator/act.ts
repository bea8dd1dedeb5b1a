// The one way an operator does something to an account: look at what it would do and what speaks against it, check the reason, the caller and the count, and
// then do it, or ask a second operator where the policy wants one (OP-1.2, OP-1.3, OP-1.5). Everything goes into one commit.
import { canonicalAccount } from '../../core/account/account.ts';
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import { makeId } from '../../core/ids.ts';
import type { AccountAction, Effect, RiskFlag } from '../../core/operator/actions.ts';
import type { Actor, Case } from '../../core/operator/case.ts';
import { needsSecond } from '../../core/operator/console-policy.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Caller, Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import type { Invalid } from '../accounts.ts';
import { noticesOf } from '../notices.ts';
import { objectionFor } from '../objection.ts';
import { tenantOf } from '../tenant.ts';
import { actorOf, type ClaimedCheck, checkOf, counted, reasonOf, said } from './guard.ts';
import { PERFORM, type Results } from './perform.ts';
import { type ActionInput, previewOf } from './preview.ts';
import { risksOf } from './risks.ts';

export interface ActRequest extends ActionInput {
  readonly account: string;
  readonly reason: string;
  readonly note?: string | undefined;
  readonly callerCheck?: ClaimedCheck | undefined;
  /** Whom a relying party's key names; the session's own operator otherwise. */
  readonly operator: string;
}

/** It waits for a second operator. */
export interface CaseOpened {
  readonly kind: 'case';
  readonly id: string;
  readonly riskFlags: readonly RiskFlag[];
  readonly expiresAt: number;
}

export interface ActPreview {
  readonly kind: 'preview';
  readonly effects: readonly Effect[];
  readonly riskFlags: readonly RiskFlag[];
  readonly needsSecond: boolean;
  readonly callerCheck: 'required' | 'recorded' | 'off';
}

/** What an action would do, and whether it would wait for a second operator; nothing is done. */
export async function previewAct(
  ports: Ports,
  caller: Caller,
  action: AccountAction,
  request: ActionInput & { readonly account: string; readonly isVerified?: boolean | undefined },
): Promise<ActPreview | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(request.account), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const seen = await previewOf(ports, policy, snapshot, action, request);
  if (seen.kind === 'refused') return seen;
  const riskFlags = await risksOf(ports, policy, snapshot, action, request.isVerified === true);
  return {
    kind: 'preview',
    effects: seen.effects,
    riskFlags,
    needsSecond: needsSecond(policy.console, action, riskFlags),
    callerCheck: policy.console.callerCheck,
  };
}

/** Does it, or opens a case. */
export async function act<A extends AccountAction>(
  ports: Ports,
  caller: Caller,
  action: A,
  request: ActRequest,
  ip: string | null = null,
): Promise<Results[A] | CaseOpened | Refusal | Invalid> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(request.account), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const looked = await look(ports, caller, policy, snapshot, action, request);
  if (looked.kind === 'refused') return looked;
  if (needsSecond(policy.console, action, looked.riskFlags)) return submit(ports, caller, action, request, ip);

  const { objection, writes: lets } = await objectionFor(ports, policy, snapshot);
  const { reason, note, actor } = looked;
  return PERFORM[action](
    ports,
    caller,
    { ...request, reason: said(reason, note), operator: actor.login },
    {
      objection,
      async writes(now, fresh) {
        // Again, from what the action is decided on: what was true a moment ago may not be.
        const again = await look(ports, caller, now, fresh, action, request);
        if (again.kind === 'refused') return again;
        if (needsSecond(now.console, action, again.riskFlags)) return refuse('conflict');
        return [...again.writes, ...lets, ...recorded(ports, fresh, action, again, null)];
      },
    },
  );
}

export interface Looked {
  readonly kind: 'looked';
  readonly reason: string;
  readonly note: string | null;
  readonly actor: Actor;
  readonly effects: readonly Effect[];
  readonly situation: string;
  readonly riskFlags: readonly RiskFlag[];
  readonly callerCheck: Case['callerCheck'];
  /** They spend the check and count the action. */
  readonly writes: readonly Write[];
}

/** Everything that must hold before an action is done or asked for. */
export async function look(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  snapshot: AccountSnapshot,
  action: AccountAction,
  request: ActRequest,
  standing: Case['callerCheck'] = null,
): Promise<Looked | Refusal> {
  const actor = actorOf(caller, request.operator);
  const reason = reasonOf(policy, caller, request.reason);
  if (typeof reason !== 'string') return reason;
  const seen = await previewOf(ports, policy, snapshot, action, request);
  if (seen.kind === 'refused') return seen;
  const checked = await checkOf(ports, policy, snapshot, action, actor.login, request.callerCheck, standing);
  if (checked.kind === 'refused') return checked;
  const count = await counted(ports, policy, caller.tenantId, actor.login, snapshot.now);
  if ('kind' in count) return count;
  return {
    kind: 'looked',
    reason,
    note: request.note ?? null,
    actor,
    effects: seen.effects,
    situation: seen.situation,
    riskFlags: await risksOf(ports, policy, snapshot, action, checked.check !== null),
    callerCheck: checked.check,
    writes: [...checked.writes, ...count],
  };
}

/** The record of what was done, for the log and for the flags of the next. */
export function recorded(
  ports: Ports,
  { account, now }: AccountSnapshot,
  action: AccountAction,
  done: Pick<Looked, 'reason' | 'note' | 'actor' | 'riskFlags' | 'callerCheck'>,
  caseId: string | null,
): readonly Write[] {
  return [
    {
      op: 'note-act',
      act: {
        id: makeId('act', now, ports.random(18)),
        tenantId: account.tenantId,
        accountId: account.id,
        action,
        operator: done.actor.login,
        reason: done.reason,
        callerCheck: done.callerCheck?.how ?? null,
        caseId,
      },
    },
    {
      op: 'audit',
      event: {
        tenantId: account.tenantId,
        accountId: account.id,
        event: 'operator.acted',
        actor: `operator:${done.actor.login}`,
        data: {
          action,
          reason: done.reason,
          note: done.note,
          callerCheck: done.callerCheck?.how ?? null,
          riskFlags: done.riskFlags.join(' '),
          case: caseId,
        },
      },
    },
  ];
}

/** Asks a second operator. The customer is told that somebody asked, and how to object. */
async function submit(
  ports: Ports,
  caller: Caller,
  action: AccountAction,
  request: ActRequest,
  ip: string | null,
): Promise<CaseOpened | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(request.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const looked = await look(ports, caller, policy, snapshot, action, request);
    if (looked.kind === 'refused') return looked;
    const { account, now } = snapshot;
    const { objection, writes: lets } = await objectionFor(ports, policy, snapshot);
    const id = makeId('cas', now, ports.random(18));
    const expiresAt = now + policy.console.caseHours * 3600_000;
    const written = await ports.store.commit(account.id, [
      {
        op: 'insert-case',
        case: {
          id,
          tenantId: account.tenantId,
          accountId: account.id,
          account: account.account,
          action,
          input: inputOf(request),
          reason: looked.reason,
          note: looked.note,
          callerCheck: looked.callerCheck,
          effects: looked.effects,
          riskFlags: looked.riskFlags,
          situation: looked.situation,
          requester: looked.actor,
          via: caller.actor,
          ip,
          status: 'submitted',
          revision: 1,
          expiresAt,
        },
      },
      ...looked.writes,
      ...lets,
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'case.submitted',
          actor: `operator:${looked.actor.login}`,
          data: {
            case: id,
            action,
            reason: looked.reason,
            note: looked.note,
            via: caller.actor,
            riskFlags: looked.riskFlags.join(' '),
          },
        },
      },
      ...noticesOf(ports, policy, snapshot, 'case-opened', objection),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'case', id, riskFlags: looked.riskFlags, expiresAt };
  });
}

/** The action's own members, as a case keeps them. */
export function inputOf(request: ActionInput): Readonly<Record<string, unknown>> {
  const { authenticator, mode, revokePhones, phone, name, email, id, hours, uses, kdf } = request;
  return { authenticator, mode, revokePhones, phone, name, email, id, hours, uses, kdf };
}
