// A code at login (or at a step-up, which is verified like a login): load one snapshot, decide, commit, and only then tell.
// "Was this right?" and "are we done?" are two answers: a wrong extra code never admits, a right first code may not finish.
import { STAND_INS, type TypeName } from '../core/authenticator/type.ts';
import type { Challenge } from '../core/challenge/challenge.ts';
import { CONFLICT, type Conflict, guarded } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { ChallengeSnapshot, StoredAuthenticator } from '../core/store.ts';
import type { Along } from './along.ts';
import { countFailure } from './count-failure.ts';
import { phoneUsed } from './enrolment/load.ts';
import { active, refusalOf } from './facts.ts';
import { type LoginView, viewLogin } from './login-view.ts';
import { askedOf } from './open-challenge.ts';
import { stepDone } from './step-done.ts';
import { tenantOf } from './tenant.ts';
import { tryOutput } from './try-output.ts';
import { whyWrong } from './why-wrong.ts';

export interface VerifyInput {
  readonly id: string;
  readonly authenticator?: string | undefined;
  readonly type?: TypeName | undefined;
  /** What a person typed. */
  readonly output?: string | undefined;
  /** What a program answered to a prompt, as JSON. */
  readonly response?: string | undefined;
}

export type Verified =
  | {
      readonly kind: 'satisfied';
      readonly challenge: Challenge;
      readonly account: string;
      readonly at: number;
      readonly boundDevice: boolean;
    }
  | { readonly kind: 'need'; readonly login: LoginView };

/**
 * Verifies one output of a challenge. Every wrong output is durably counted before it is told; every right one is spent. `along` goes into the
 * commit that satisfies it.
 */
export async function verify(
  ports: Ports,
  caller: Caller,
  input: VerifyInput,
  along?: Along,
): Promise<Verified | Refusal> {
  const output = input.response ?? ports.canonicalOutput(input.output ?? '');
  const load = (thorough: boolean): Promise<ChallengeSnapshot | undefined> =>
    ports.store.challenge(caller.tenantId, input.id, thorough);
  const found = await load(false);
  const attempt = async (snapshot: ChallengeSnapshot | undefined): Promise<Verified | Refusal | Conflict> => {
    const { policy } = await tenantOf(ports, caller, snapshot);
    if (snapshot === undefined) return refuse('not-found');
    const asked = askedOf(policy, snapshot);
    if (asked.kind === 'refused') return asked;
    const wait = ports.addresses.wait(caller.tenantId, snapshot.challenge.ip, snapshot.now);
    if (wait > 0) return refuse('throttled', { retryAfter: wait });
    const candidates = candidatesFor(ports, snapshot, asked.decision, input, output);
    if (candidates.length === 0) return refuse('method-not-offered', { offered: asked.decision.types });

    const tried = tryOutput(ports.types, policy, snapshot, candidates, output, snapshot.challenge.id);
    if (tried.kind === 'stopped') return tried.refusal;
    if (tried.kind === 'invalid')
      return (
        (await countFailure(ports, caller, policy, snapshot, tried, {
          login: snapshot.challenge.id,
          ip: snapshot.challenge.ip,
          hint: await whyWrong(ports, snapshot, candidates, output, tried.reason),
        })) ?? CONFLICT
      );

    const { account, now } = snapshot;
    const by = { id: tried.by.id, type: tried.by.type, expiresAt: tried.by.expiresAt, actor: caller.actor };
    const step = await stepDone(ports, policy, snapshot, asked, by, along);
    if (step.kind === 'refused') return step;
    const { moved, next } = step;
    const written = await ports.store.commit(account.id, [
      ...tried.writes,
      ...phoneUsed(tried.by, account.id),
      ...step.writes,
    ]);
    if (written.kind === 'conflict') return along?.lost?.(written.op) ?? CONFLICT;
    step.committed();
    // The code was right, and the policy still lets nobody on from here: say why, not "one more step".
    if (next.kind === 'refuse') return refusalOf(policy, next.why, asked.known);
    if (next.kind !== 'allow')
      return { kind: 'need', login: viewLogin(ports, policy, { ...snapshot, challenge: moved }) };
    return { kind: 'satisfied', challenge: moved, account: account.account, at: now, boundDevice: step.isNewDevice };
  };
  return await ports.turns.take(found?.account.id ?? input.id, (isFirst) =>
    guarded((thorough) => (isFirst && !thorough ? attempt(found) : load(thorough).then(attempt))),
  );
}

/**
 * Which authenticators an output is compared with. Named ones must be among the offered; unnamed ones go to what the person could have
 * typed it from: sent codes only where one was sent, recovery codes only for something longer than a one-time code.
 */
function candidatesFor(
  ports: Ports,
  snapshot: ChallengeSnapshot,
  decision: { readonly types: readonly TypeName[]; readonly recovery: readonly TypeName[] },
  input: VerifyInput,
  output: string,
): readonly StoredAuthenticator[] {
  const answers = input.response !== undefined;
  const allowed = active(snapshot).filter(
    (a) =>
      (decision.types.includes(a.type) || decision.recovery.includes(a.type)) &&
      (ports.types[a.type].answers === true) === answers,
  );
  if (input.authenticator !== undefined)
    return allowed.filter((a) => a.id === input.authenticator && (input.type === undefined || a.type === input.type));
  if (input.type !== undefined) return allowed.filter((a) => a.type === input.type);
  if (answers) return allowed;
  const isLong = output.length > 8;
  const fitting = allowed.filter(
    (a) => STAND_INS.includes(a.type) === isLong && (ports.types[a.type].send === undefined || a.sent !== null),
  );
  return fitting.length > 0 ? fitting : allowed.slice(0, 1);
}
