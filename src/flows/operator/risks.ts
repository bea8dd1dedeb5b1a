// What speaks for a second look before an operator acts (OP-1.5): what changed lately on the account, how often it was reset, where it was used from.
import { ACTIONS, type AccountAction, RESETS, type RiskFlag } from '../../core/operator/actions.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot } from '../../core/store.ts';
import { addressBlock } from '../../core/throttle/addresses.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** Resets within a week, this one among them, from which on it is flagged. */
const MANY_RESETS = 3;

/** The flags of an action on an account as it stands. `isVerified`: the caller was verified, or the policy does not ask. */
export async function risksOf(
  ports: Ports,
  policy: Policy,
  { account, now }: AccountSnapshot,
  action: AccountAction,
  isVerified: boolean,
): Promise<readonly RiskFlag[]> {
  const [known, acts, addresses] = await Promise.all([
    ports.cases.risksOf(account.id),
    ports.cases.acts(account.id, now - 7 * DAY),
    ports.store.addressesOf(account.id, now - 30 * DAY),
  ]);
  const within = (at: number | null, ms: number): boolean => at !== null && at > now - ms;
  const resets = acts.filter((act) => RESETS.includes(act.action)).length;
  const flags: readonly (readonly [RiskFlag, boolean])[] = [
    ['contact-changed', within(known.contactChangedAt, 7 * DAY)],
    ['password-changed', within(known.passwordChangedAt, DAY)],
    ['third-reset', ACTIONS[action].resets && resets + 1 >= MANY_RESETS],
    ['new-place', isNewPlace(ports, addresses)],
    ['new-device', within(known.newestDeviceAt, 3 * DAY) && (known.newestDeviceAt ?? 0) > account.createdAt + DAY],
    ['vetoed-lately', within(known.vetoedAt, 30 * DAY)],
    ['caller-check-failed', within(known.failedCheckAt, DAY)],
    ['caller-not-verified', ACTIONS[action].verifiesCaller && policy.console.callerCheck !== 'off' && !isVerified],
  ];
  return flags.flatMap(([flag, holds]) => (holds ? [flag] : []));
}

/** A network: of IPv4 the first three numbers, for one person's address moves within it. */
const networkOf = (ip: string): string => /^(\d+\.\d+\.\d+)\.\d+$/.exec(ip)?.[1] ?? addressBlock(ip);

/** The last login came from where none of the month before it did: a place by name where we know one, else a network. */
function isNewPlace(ports: Ports, addresses: readonly string[]): boolean {
  const where = (ip: string): string => ports.placeOf(ip)?.en ?? networkOf(ip);
  const [last, ...before] = addresses;
  return last !== undefined && before.length > 0 && !before.some((ip) => where(ip) === where(last));
}
