// The page's end of pin.worker.ts. A vault is one worker that holds one M; a typing is what turns digits into vaults,
// guessing ahead: M of what is typed so far is begun before anybody says that the PIN is complete.
import { type Bytes, roomFor, wipe } from './bytes.ts';
import type { Order } from './pin.worker.ts';
import type { Kdf } from './stretch.ts';
import { PIN_DIGITS } from './weak.ts';
import type { Act, Done, Source } from './work.ts';

export interface Vault {
  /** Does one thing with M. Throws when M cannot be had (a PRF key that does not fit) or the act fails. */
  perform(act: Act): Promise<Done>;
  /** Wipes and ends. */
  end(): void;
  /** Ends in the middle, M or no M: somebody typed on. */
  abandon(): void;
}

export class VaultFailed extends Error {}

interface Loaded {
  readonly worker: Worker;
  readonly ready: Promise<void>;
}

/** A worker that loads what it needs, so that nothing but Argon2id itself stands between a PIN and M. */
function load(): Loaded {
  const worker = new Worker(new URL('./pin.worker.ts', import.meta.url), { type: 'module', name: 'pin' });
  const ready = new Promise<void>((resolve) => worker.addEventListener('message', () => resolve(), { once: true }));
  worker.postMessage({ warm: true });
  return { worker, ready };
}

/** Opens a vault. The buffers of `source` that are secret are handed over: the page no longer has them. */
export function openVault(source: Source, { worker, ready }: Loaded = load()): Vault {
  const secret = source.from === 'pin' ? source.pin : source.prf;
  const waiting = new Map<number, { done: (done: Done) => void; failed: (error: Error) => void }>();
  let count = 0;
  let abandoned = false;
  worker.addEventListener('message', ({ data }: MessageEvent<{ number: number; done?: Done }>) => {
    const one = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.done === undefined) one?.failed(new VaultFailed('the vault could not do that'));
    else one?.done(data.done);
  });
  worker.addEventListener('error', () => {
    for (const one of waiting.values()) one.failed(new VaultFailed('the vault is gone'));
    waiting.clear();
  });
  // Only a worker that listens is given a secret: what waits in the queue of one that is ended is wiped by nobody.
  const tell = (order: Order, handedOver: readonly ArrayBuffer[] = []): void => {
    void ready.then(() => {
      if (!abandoned) worker.postMessage(order, [...handedOver]);
    });
  };
  tell({ open: source }, [secret.buffer]);
  return {
    perform: (act) =>
      new Promise((done, failed) => {
        const number = count++;
        waiting.set(number, { done, failed });
        tell({ act, number }, act.act === 'change' ? [act.pin.buffer] : act.act === 'wrap' ? [act.prf.buffer] : []);
      }),
    end: () => tell({ end: true }),
    abandon() {
      abandoned = true;
      // Empty once it was handed over.
      if (secret.length > 0) wipe(secret);
      worker.terminate();
    },
  };
}

/** The digits of a PIN while they are typed: bytes on the page until they are handed over, never text. */
export class Typing {
  readonly #digits: Bytes = roomFor(PIN_DIGITS.max);
  #length = 0;
  readonly #ahead: { readonly salt: Bytes; readonly kdf: Kdf } | null;
  #vault: Vault | null = null;
  #spare: Loaded | null = null;

  /** With a salt, M is begun ahead at each digit from the sixth on; without, the digits are only collected. */
  constructor(ahead: { readonly salt: Bytes; readonly kdf: Kdf } | null = null) {
    this.#ahead = ahead;
    if (ahead !== null) this.#spare = load();
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a digit, 0 to 9; a full PIN takes no more. */
  add(digit: number): void {
    if (this.#length === PIN_DIGITS.max) return;
    this.#digits[this.#length++] = 48 + digit;
    this.#guess();
  }

  remove(): void {
    if (this.#length === 0) return;
    this.#digits[--this.#length] = 0;
    this.#guess();
  }

  /** The digits so far, as a copy its taker wipes. */
  copy(): Bytes {
    const digits = roomFor(this.#length);
    digits.set(this.#digits.subarray(0, this.#length));
    return digits;
  }

  /** The vault of exactly these digits. The typing is empty afterwards. */
  take(): Vault {
    if (this.#ahead === null) throw new Error('this typing has no salt');
    this.#vault ??= this.#begin();
    const vault = this.#vault;
    this.#vault = null;
    this.end();
    return vault;
  }

  /** Forgets everything. */
  end(): void {
    wipe(this.#digits);
    this.#length = 0;
    this.#drop();
    this.#spare?.worker.terminate();
    this.#spare = null;
  }

  #guess(): void {
    this.#drop();
    if (this.#ahead !== null && this.#length >= PIN_DIGITS.min) this.#vault = this.#begin();
  }

  #begin(): Vault {
    const spare = this.#spare ?? load();
    this.#spare = null;
    const { salt, kdf } = this.#ahead as { salt: Bytes; kdf: Kdf };
    return openVault({ from: 'pin', pin: this.copy(), salt, kdf }, spare);
  }

  /** Another digit came: what was begun is for nothing, and is stopped in the middle. */
  #drop(): void {
    this.#vault?.abandon();
    this.#vault = null;
    if (this.#ahead !== null && this.#length > 0) this.#spare ??= load();
  }
}
