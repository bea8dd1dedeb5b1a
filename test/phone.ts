// A phone with the app, played by a test: the app's own crypto, without its pages.
import { type Box, openBox as open } from '../src/web/app/pin/box.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../src/web/app/pin/bytes.ts';
import { type Answer, newDeviceKeys, signApproval, signRequest } from '../src/web/app/pin/device.ts';
import { codeFrom, masked, type Place, proofOf, tagOf } from '../src/web/app/pin/pin.ts';
import { ARGON2ID, type Kdf, pinBytes, stretch } from '../src/web/app/pin/stretch.ts';

/** What the server says when a phone joins: the part this helper needs. */
export interface Joined {
  readonly phone: string;
  readonly accountId: string;
  /** base64url, 16 bytes. */
  readonly salt: string;
  readonly kdf?: Kdf;
}

export interface TestPhone {
  /** For the body of POST /v1/app/phones. */
  readonly signKey: string;
  readonly boxKey: string;
  /** The id the server gave; throws before `joined`. */
  readonly id: string;
  /** Takes over what the server answered to POST /v1/app/phones. Call it again when a salt changed. */
  joined(reply: Joined): void;
  /** K out of a box. */
  openBox(box: Box): Promise<Bytes>;
  /** Opens the box and keeps K masked under the PIN, as the app does. */
  makeStore(box: Box, pin: string): Promise<void>;
  /** The code of an instant (ms) under whatever PIN is given: right or wrong, six digits. */
  codeFrom(pin: string, at: number): Promise<string>;
  /** T, base64url. */
  tagOf(pin: string): Promise<string>;
  /** The answer to a nonce (base64url), base64url. */
  proofOf(pin: string, nonce: string): Promise<string>;
  /** The headers of a signed request; `path` with its query, `body` the very bytes that will be sent. */
  signRequest(method: string, path: string, body: string, at: number): Promise<Record<string, string>>;
  /** The signature of an answer to an approval. */
  signApproval(canonical: string, answer: Answer, number?: string): Promise<string>;
}

/** A phone nobody has registered yet, with fresh keys. */
export async function newPhone(): Promise<TestPhone> {
  const { keys, signKey, boxKey } = await newDeviceKeys();
  let joined: (Place & { kdf: Kdf }) | undefined;
  let store: Bytes | undefined;
  const place = (): Place & { kdf: Kdf } => {
    if (joined === undefined) throw new Error('this phone has not joined: call joined(reply) first');
    return joined;
  };
  const m = (pin: string) => stretched(pin, place());
  const phone: TestPhone = {
    signKey,
    boxKey,
    get id() {
      return place().phone;
    },
    joined(reply) {
      const { phone: id, accountId: account, salt, kdf = ARGON2ID } = reply;
      joined = { account, phone: id, salt: fromBase64Url(salt), kdf };
    },
    openBox: (box) => open(box, keys.box, place().phone),
    async makeStore(box, pin) {
      store = masked(await phone.openBox(box), await m(pin), place());
    },
    async codeFrom(pin, at) {
      if (store === undefined) throw new Error('this phone holds no key: call makeStore(box, pin) first');
      return codeFrom(store, await m(pin), place(), at);
    },
    tagOf: async (pin) => toBase64Url(tagOf(await m(pin), place())),
    proofOf: async (pin, nonce) => toBase64Url(proofOf(tagOf(await m(pin), place()), fromBase64Url(nonce), place())),
    signRequest: (method, path, body, at) => signRequest(place().phone, keys.sign, { method, path, body, at }),
    signApproval: (canonical, answer, number) => signApproval(keys.sign, canonical, answer, number),
  };
  return phone;
}

// Argon2id takes a fifth of a second: a PIN that was stretched once with a salt is remembered for the run.
const known = new Map<string, Promise<Bytes>>();
function stretched(pin: string, { salt, kdf }: { salt: Bytes; kdf: Kdf }): Promise<Bytes> {
  const name = JSON.stringify([pin, toBase64Url(salt), kdf]);
  const m = known.get(name) ?? stretch(pinBytes(pin), salt, kdf);
  known.set(name, m);
  return m;
}
