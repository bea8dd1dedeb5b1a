// A passkey in software: makes what a browser would give for navigator.credentials.create and .get (WebAuthn Level 3 §6).
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

type Json = Record<string, any>;
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();

/** CBOR (RFC 8949) of what attestation needs: ints, byte strings, text and maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([k, v]) => [cbor(k), cbor(v)])]);
}

export interface SoftPasskey {
  readonly id: string;
  /** The counter it signs with; 0 stays 0. */
  count: number;
  create(options: Json, change?: Json): Json;
  get(options: Json, change?: Json): Json;
}

/** A new passkey at an origin. `change` overrides parts of what it says: `origin`, `challenge`, `type`, `flags`, `rpId`, `crossOrigin`. */
export function aPasskey(origin: string, count = 0): SoftPasskey {
  const credential = randomBytes(16);
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.publicKey.export({ format: 'jwk' });
  const clientData = (type: string, challenge: string, change: Json): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: change['type'] ?? type,
        challenge: change['challenge'] ?? challenge,
        origin: change['origin'] ?? origin,
        crossOrigin: change['crossOrigin'] ?? false,
      }),
    );
  const authData = (rpId: string, flags: number, n: number, attested: Buffer): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(n);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter, attested]);
  };
  const self: SoftPasskey = {
    id: b64(credential),
    count,
    create(options, change = {}) {
      const cose = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(jwk.x ?? '', 'base64url')],
        [-3, Buffer.from(jwk.y ?? '', 'base64url')],
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, credential.length]), credential, cbor(cose)]);
      const data = authData(change['rpId'] ?? options['rp'].id, change['flags'] ?? 0x45, self.count, attested);
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      );
      return {
        id: self.id,
        response: {
          clientDataJSON: b64(clientData('webauthn.create', options['challenge'], change)),
          attestationObject: b64(attestation),
          transports: ['internal'],
        },
      };
    },
    get(options, change = {}) {
      if (self.count > 0) self.count++;
      const data = authData(
        change['rpId'] ?? options['rpId'],
        change['flags'] ?? 0x05,
        change['count'] ?? self.count,
        Buffer.alloc(0),
      );
      const client = clientData('webauthn.get', options['challenge'], change);
      const key: KeyObject = change['key'] ?? pair.privateKey;
      return {
        id: change['id'] ?? self.id,
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(sign('sha256', Buffer.concat([data, sha256(client)]), key)),
          ...(change['userHandle'] === undefined ? {} : { userHandle: change['userHandle'] }),
        },
      };
    },
  };
  return self;
}
