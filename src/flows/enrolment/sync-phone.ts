// A further phone shows that it was given the PIN of the first: it answers a nonce with a keyed hash under the tag, which never leaves the server (MO-2.4).
// A wrong answer counts against the account like a wrong code, so this is no second place to guess the PIN at (BF-08). Only then is it given a secret.
import { CONFLICT, guarded, type Write } from '../../core/commit.ts';
import type { Box } from '../../core/crypto.ts';
import { epochOf, type Kdf, type KdfName, kdfFor, maySetPin, setsPin } from '../../core/enrolment/enrolment.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import { throttleState } from '../../core/throttle/throttle.ts';
import { countFailure } from '../count-failure.ts';
import { afterFailure, stopRefusal } from '../try-output.ts';
import { USUAL_KDFS } from './join-phone.ts';
import { giveKey } from './key.ts';
import { type Loaded, loadPhone, type PhoneCall, pinAssumed } from './load.ts';

interface Asked {
  readonly salt: string;
  readonly kdf: Kdf;
  readonly pinEpoch: number;
}

/** `set`: answer the nonce with the PIN there is. `needs-pin`: nobody has set one, and this phone may. */
export type SyncBegun =
  | ({ readonly kind: 'sync'; readonly state: 'set'; readonly nonce: string } & Asked)
  | ({ readonly kind: 'sync'; readonly state: 'needs-pin'; readonly box: Box } & Asked);

export interface KeyGiven {
  readonly kind: 'key';
  readonly box: Box;
  readonly pinEpoch: number;
}

const NONCE_MS = 5 * 60_000;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Begins to synchronise a phone. `kdfs`: what it can make a key of a PIN with, now. */
export async function beginSync(
  ports: Ports,
  call: PhoneCall,
  kdfs: readonly KdfName[] = USUAL_KDFS,
): Promise<SyncBegun | Refusal> {
  return guarded(async (thorough) => {
    const loaded = await loadPhone(ports, call, thorough);
    if (loaded.kind === 'refused') return loaded;
    const { policy, snapshot, enrolment, phone } = loaded;
    const { account, now } = snapshot;
    if (enrolment.pin === null) return refuse('phone-revoked');
    const kdf = kdfFor(enrolment, kdfs, policy.pin.fallback);
    if (kdf === undefined) return refuse('pin-key-unsupported', { contact: policy.contact });
    const asked: Asked = { salt: enrolment.pin.salt, kdf, pinEpoch: epochOf(enrolment) };
    if (!setsPin(enrolment, phone.issue)) {
      const nonce = ports.crypto.toBase64url(ports.random(32));
      const written = await ports.store.commit(account.id, [
        { op: 'put-nonce', accountId: account.id, id: phone.id, nonce, expiresAt: now + NONCE_MS },
      ]);
      return written.kind === 'conflict' ? CONFLICT : { kind: 'sync', state: 'set', nonce, ...asked };
    }
    if (!maySetPin(enrolment, phone)) return refuse('phone-unsynced');
    const key = giveKey(ports, policy, phone, now);
    const written = await ports.store.commit(account.id, [
      pinAssumed(ports, account, enrolment),
      { op: 'use-phone', accountId: account.id, id: phone.id },
      ...key.writes,
    ]);
    return written.kind === 'conflict' ? CONFLICT : { kind: 'sync', state: 'needs-pin', box: key.box, ...asked };
  });
}

/** Takes the answer to a nonce; the right one brings a fresh secret, which the phone's first code then confirms. */
export async function finishSync(
  ports: Ports,
  call: PhoneCall,
  input: { readonly nonce: string; readonly proof: string },
): Promise<KeyGiven | Refusal> {
  return ports.turns.take(call.account, () =>
    guarded(async (thorough) => {
      const loaded = await loadPhone(ports, call, thorough);
      if (loaded.kind === 'refused') return loaded;
      const { policy, snapshot, enrolment, phone } = loaded;
      const { account, now, failures } = snapshot;
      if (setsPin(enrolment, phone.issue)) return refuse('superseded');
      const state = throttleState(failures, policy.throttle, now);
      if (state.kind !== 'open') return stopRefusal(policy, snapshot, state);
      if (phone.nonce === null || phone.nonce !== input.nonce || phone.nonceExpiresAt <= now) return refuse('expired');
      if (!isProof(ports, loaded, input)) {
        const n = failures.count + 1;
        const refused = await countFailure(
          ports,
          call.caller,
          policy,
          snapshot,
          {
            kind: 'invalid',
            reason: 'wrong',
            tried: { id: phone.id, type: 'app' },
            ...afterFailure(policy, now, n),
            writes: [{ op: 'count-failure', scope: account.id, n }],
          },
          { login: null, ip: call.ip },
        );
        return refused ?? CONFLICT;
      }
      const key = giveKey(ports, policy, phone, now);
      const { count } = failures;
      const clear: Write =
        count === 0
          ? { op: 'expect-failures', scope: account.id, count }
          : { op: 'clear-failures', scope: account.id, count };
      const written = await ports.store.commit(account.id, [
        pinAssumed(ports, account, enrolment),
        { op: 'use-nonce', accountId: account.id, id: phone.id, nonce: input.nonce },
        clear,
        ...key.writes,
      ]);
      return written.kind === 'conflict' ? CONFLICT : { kind: 'key', box: key.box, pinEpoch: epochOf(enrolment) };
    }),
  );
}

/** HMAC-SHA-256(T, nonce ‖ 0 ‖ account ‖ 0 ‖ phone), compared in constant time. */
function isProof(
  ports: Ports,
  { enrolment, phone }: Loaded,
  given: { readonly nonce: string; readonly proof: string },
): boolean {
  const nonce = ports.crypto.fromBase64url(given.nonce);
  const proof = ports.crypto.fromBase64url(given.proof);
  if (nonce === undefined || proof === undefined || enrolment.pin === null) return false;
  const tail = utf8(`\0${phone.accountId}\0${phone.id}`);
  const message = new Uint8Array(nonce.length + tail.length);
  message.set(nonce);
  message.set(tail, nonce.length);
  const tag = enrolment.pin.tag();
  const expected = ports.crypto.mac(tag, message);
  tag.fill(0);
  return ports.crypto.sameBytes(expected, proof);
}
