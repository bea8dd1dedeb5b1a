// Fingerprint or face instead of the PIN, per account: a passkey of this phone whose PRF extension (WebAuthn level 3,
// §10.1.4) gives a key only after the phone has checked its owner, and M sealed under that key.
import type { Bytes } from '../pin/bytes.ts';
import { openVault, type Vault } from '../pin/vault.ts';
import { type Account, type Biometric, changeAccount, placeOf } from '../store/accounts.ts';

/** Tries in a row that the phone may fail to know its owner; then it is off, and the PIN is asked. */
export const MOST_FAILURES = 5;

/** Turned on: done. The phone has no such thing, or its owner said no, or the PIN's holder could not be sealed. */
export type TurnedOn = 'on' | 'unsupported' | 'cancelled';

/** Whether this browser could have it at all. */
export async function biometricsMayWork(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
const bytesOf = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source.slice(0))
    : Uint8Array.from(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));

function prfOf(credential: Credential | null): Bytes | null {
  const found = (credential as PublicKeyCredential | null)?.getClientExtensionResults().prf?.results?.first;
  return found === undefined ? null : bytesOf(found);
}

/** Makes the passkey and seals the vault's M under it. Ends the vault. */
export async function turnOn(account: Account, vault: Vault): Promise<TurnedOn> {
  try {
    const input = random(32);
    const made = await create(account, input);
    if (made === null) return 'cancelled';
    const credential = new Uint8Array((made as PublicKeyCredential).rawId);
    // Some phones give the key only when the passkey is used, not when it is made.
    const prf = prfOf(made) ?? prfOf(await use({ credential, input }));
    if (prf === null) return 'unsupported';
    const { wrapped } = await vault.perform({ act: 'wrap', prf, place: placeOf(account) });
    if (wrapped === undefined) return 'unsupported';
    await changeAccount(account.phone, { biometric: { credential, input, wrapped, failures: 0 } });
    return 'on';
  } catch (error) {
    if (error instanceof DOMException) return error.name === 'NotSupportedError' ? 'unsupported' : 'cancelled';
    throw error;
  } finally {
    vault.end();
  }
}

/** Asks the phone to know its owner; a vault with M when it does, null when not. The fifth null in a row turns it off. */
export async function unlock(account: Account, biometric: Biometric): Promise<Vault | null> {
  const prf = await use(biometric).then(prfOf, () => null);
  if (prf === null) {
    const failures = biometric.failures + 1;
    await changeAccount(account.phone, {
      biometric: failures >= MOST_FAILURES ? null : { ...biometric, failures },
    });
    return null;
  }
  if (biometric.failures > 0) await changeAccount(account.phone, { biometric: { ...biometric, failures: 0 } });
  return openVault({ from: 'prf', prf, wrapped: biometric.wrapped, place: placeOf(account) });
}

export const turnOff = (account: Account): Promise<unknown> => changeAccount(account.phone, { biometric: null });

function create({ account, tenant }: Account, input: Bytes): Promise<Credential | null> {
  return navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name: 'Hufu' },
      user: { id: random(16), name: account, displayName: `${tenant.name} ${account}` },
      // No server checks what is signed here: the passkey is a lock on this phone, not a way to log in.
      challenge: random(32),
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: {
        authenticatorAttachment: 'platform',
        residentKey: 'discouraged',
        userVerification: 'required',
      },
      extensions: { prf: { eval: { first: input } } },
    },
  });
}

function use({ credential, input }: Pick<Biometric, 'credential' | 'input'>): Promise<Credential | null> {
  return navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: 'public-key', id: credential, transports: ['internal'] }],
      userVerification: 'required',
      extensions: { prf: { eval: { first: input } } },
    },
  });
}
