// ET-2.1: the first right code from a new phone binds that phone to the account; later ones renew its last use. A revoked one stays out, and a
// request that names none does not get round that.
import type { Challenge } from '../core/challenge/challenge.ts';
import type { Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Policy, RegisteredClient } from '../core/policy/policy.ts';
import type { Ports } from '../core/ports.ts';
import { clientOf } from './open-challenge.ts';

/** The writes that note the device of a satisfied login, and whether it is new. None when the policy keeps no devices. */
export async function deviceSeen(
  ports: Ports,
  policy: Policy,
  challenge: Challenge,
  now: number,
): Promise<{ readonly writes: readonly Write[]; readonly isNew: boolean; readonly isRevoked: boolean }> {
  const client = challenge.deviceId === null ? undefined : clientOf(policy, challenge)?.client;
  if (challenge.deviceId === null || client === undefined || !isKept(policy, client)) return NO_DEVICE;
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

/** What there is to note where no device is named or kept. */
export const NO_DEVICE = { writes: [], isNew: false, isRevoked: false };

const isKept = ({ devices }: Policy, client: RegisteredClient): boolean =>
  devices.bindOnFirstCode && devices.kinds.includes(client.kind);

/** The refusal of a request that must name its device and does not. */
export const deviceMissing = (
  policy: Policy,
  client: RegisteredClient,
  deviceId: string | undefined,
): Refusal | undefined =>
  deviceId === undefined && policy.devices.required && isKept(policy, client) ? refuse('device-required') : undefined;

/** The refusal of a request from a client's device: named where it must be, and not revoked. */
export async function deviceRefusal(
  ports: Ports,
  policy: Policy,
  accountId: string,
  client: RegisteredClient,
  deviceId: string | undefined,
): Promise<Refusal | undefined> {
  if (deviceId === undefined) return deviceMissing(policy, client, deviceId);
  if (!policy.devices.bindOnFirstCode) return undefined;
  const device = await ports.store.device(accountId, deviceId);
  return device?.revokedAt == null ? undefined : refuse('device-revoked', { contact: policy.contact });
}
