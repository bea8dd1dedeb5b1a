// The password, behind its own throttle. Wrong ones count for the account wherever they come from; but strangers who use that up must not shut its
// owner out, so a device or an address the account is known at then has a count of its own (BF-09).
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { PortalPolicy } from '../core/portal/portal.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { addressBlock } from '../core/throttle/addresses.ts';
import { type Failures, throttleState } from '../core/throttle/throttle.ts';
import type { ClaimedClient } from './client.ts';

/** The pages whose passwords somebody else checks, where the policy says so. */
export const askedElsewhere = ({ portal }: Policy): PortalPolicy | undefined =>
  portal === undefined || portal.password === 'stored' ? undefined : portal;

/** Where wrong passwords of an account are counted, whether or not there is one of that name. */
export const passwordScope = (tenantId: string, canonical: string): string => `pw:${tenantId}:${canonical}`;

/** What the scopes of an account's known places begin with. No account's name holds a line break. */
export const placeScopes = (tenantId: string, canonical: string): string => `${passwordScope(tenantId, canonical)}\n`;

/** Where somebody sits: `browser` is a trusted one that proved its key. */
export type Where = Pick<ClaimedClient, 'ip' | 'deviceId'> & { readonly browser?: string | undefined };

/** How long a second step done at an address makes it known, ms. */
const KNOWN_MS = 30 * 24 * 3600_000;

/**
 * Checks a password; the failure is durable before it is told. Unknown accounts cost and count the same. Resolves to the writes that clear what was
 * counted, for the caller's commit. `elsewhere`: the pages whose passwords somebody else checks.
 */
export async function checkPassword(
  ports: Ports,
  caller: Caller,
  policy: Policy,
  canonical: string,
  snapshot: AccountSnapshot | undefined,
  password: string,
  client: Where,
  elsewhere?: PortalPolicy,
): Promise<Refusal | { readonly writes: Write[] }> {
  let scope = passwordScope(caller.tenantId, canonical);
  const stop = (state: { failures: Failures; now: number }): Refusal | undefined => {
    const throttle = throttleState(state.failures, policy.passwordThrottle, state.now);
    const wait = ports.addresses.wait(caller.tenantId, client.ip, state.now);
    if (wait > 0) return refuse('throttled', { retryAfter: wait });
    if (throttle.kind === 'open') return undefined;
    const until = throttle.until ?? state.now + 3600_000;
    return refuse('throttled', { retryAfter: Math.ceil((until - state.now) / 1000) });
  };
  const before = await ports.store.failures(scope);
  let stopped = stop(before);
  if (stopped !== undefined) {
    const place = await knownPlace(ports, snapshot?.account.id ?? '', client, before.now);
    if (place === undefined) return stopped;
    scope = `${placeScopes(caller.tenantId, canonical)}${place}`;
    stopped = stop(await ports.store.failures(scope));
    if (stopped !== undefined) return stopped;
  }
  const isRight =
    elsewhere === undefined
      ? await ports.passwords.verify(snapshot?.account.passwordHash ?? null, password)
      : await ports.firstFactors.check(elsewhere, {
          tenantId: caller.tenantId,
          account: snapshot?.account.account ?? canonical,
          password,
          ip: client.ip ?? null,
        });
  // Nobody could say: nothing was right and nothing was wrong.
  if (isRight === undefined) return refuse('unavailable');
  if (isRight) {
    // Guesses that ran beside this one may have reached the limit: the right password is not told then either.
    const after = await ports.store.failures(scope);
    return (
      stop(after) ?? {
        writes: after.failures.count > 0 ? [{ op: 'clear-failures', scope, count: after.failures.count }] : [],
      }
    );
  }
  return guarded(async () => {
    const now = await ports.store.failures(scope);
    const stoppedNow = stop(now);
    if (stoppedNow !== undefined) return stoppedNow;
    const written = await ports.store.commit(snapshot?.account.id ?? scope, [
      { op: 'count-failure', scope, n: now.failures.count + 1 },
      {
        op: 'audit',
        event: {
          tenantId: caller.tenantId,
          accountId: snapshot?.account.id ?? null,
          event: 'first-factor.rejected',
          actor: caller.actor,
          data: { failures: now.failures.count + 1 },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.addresses.failed(caller.tenantId, client.ip, now.now);
    return refuse('first-factor-failed');
  });
}

/** The place the account is known at: a device of its list that is not revoked, or an address at which a second step was done lately. */
async function knownPlace(ports: Ports, accountId: string, client: Where, now: number): Promise<string | undefined> {
  if (client.browser !== undefined) return `browser ${client.browser}`;
  if (client.deviceId !== undefined) {
    const device = await ports.store.device(accountId, client.deviceId);
    if (device !== undefined && device.revokedAt === null) return `device ${device.id}`;
    // A revoked device is no better known for its address.
    if (device !== undefined) return undefined;
  }
  if (client.ip === undefined) return undefined;
  const block = addressBlock(client.ip);
  const known = await ports.store.addressesOf(accountId, now - KNOWN_MS);
  return known.some((ip) => addressBlock(ip) === block) ? `address ${block}` : undefined;
}
