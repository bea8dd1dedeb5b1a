// ET-2.1: the first right code from a new phone binds that phone to the account; later ones renew its last use.
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';

/** The writes that note the device of a satisfied login, and whether it is new. None when the policy keeps no devices. */
export async function deviceSeen(
  ports: Ports,
  policy: Policy,
  challenge: Challenge,
  now: number,
): Promise<{ readonly writes: readonly Write[]; readonly isNew: boolean; readonly isRevoked: boolean }> {
  const kind = Object.hasOwn(policy.clients, challenge.clientId) ? policy.clients[challenge.clientId]?.kind : undefined;
  if (
    challenge.deviceId === null ||
    kind === undefined ||
    !policy.devices.bindOnFirstCode ||
    !policy.devices.kinds.includes(kind)
  )
    return { writes: [], isNew: false, isRevoked: false };
  const held = await ports.store.device(challenge.accountId, challenge.deviceId);
  if (held?.revokedAt != null) return { writes: [], isNew: false, isRevoked: true };
  const id = held?.id ?? makeId('dev', now, ports.random(18));
  const see: Write = {
    op: 'see-device',
    accountId: challenge.accountId,
    deviceId: challenge.deviceId,
    id,
    name: challenge.deviceName ?? challenge.clientId,
    clientId: challenge.clientId,
    version: challenge.clientVersion,
  };
  if (held !== undefined) return { writes: [see], isNew: false, isRevoked: false };
  const event = {
    tenantId: challenge.tenantId,
    accountId: challenge.accountId,
    event: 'device.bound',
    actor: 'system',
    data: { device: id, client: challenge.clientId },
  } as const;
  return { writes: [see, { op: 'audit', event }], isNew: true, isRevoked: false };
}
