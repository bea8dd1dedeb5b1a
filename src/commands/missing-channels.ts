// Channels that a policy counts on and no running server has: told when a server starts, before somebody waits for a code that is not coming.
import type { House } from '../compose.ts';
import type { CodeChannel } from '../core/outbox/message.ts';
import type { Policy } from '../core/policy/policy.ts';

const CODES: readonly CodeChannel[] = ['sms', 'email'];

/** Whether a rule of the policy has codes sent by the channel. */
const countsOn = ({ login, bind }: Policy, channel: CodeChannel): boolean =>
  [
    ...login.flatMap(({ challenge = [], recovery = [], enrol = [] }) => [...challenge, ...recovery, ...enrol]),
    ...bind.flatMap(({ types }) => types),
  ].includes(channel);

/** Each such channel with the tenants that count on it. */
export async function missingChannels(
  house: Pick<House, 'registry' | 'hasNode'>,
): Promise<readonly { readonly channel: CodeChannel; readonly tenants: string }[]> {
  const tenants = await Promise.all((await house.registry.all()).map((id) => house.registry.get(id, 0)));
  const missing = await Promise.all(
    CODES.map(async (channel) => {
      const those = tenants.filter(({ policy }) => countsOn(policy, channel));
      return those.length === 0 || (await house.hasNode(channel))
        ? []
        : [{ channel, tenants: those.map(({ id }) => id).join(' ') }];
    }),
  );
  return missing.flat();
}
