// The page's end of pin.worker.ts. A vault is one worker that holds one M; a typing is what turns digits into vaults,
// guessing ahead: M of what is typed so far is begun before anybody says that the PIN is complete.
import { type Bytes, wipe } from './bytes.ts';
import type { Kdf } from './stretch.ts';
import { PIN_DIGITS } from './weak.ts';
import type { Act, Done, Source } from './work.ts';

export interface Vault {
  /** Does one thing with M. Throws when M cannot be had (a PRF key that does not fit) or the act fails. */
  perform(act: Act): Promise<Done>;
  /** Wipes and ends. */
  end(): void;
}

export class VaultFailed extends Error {}

const spawn = (): Worker => new Worker(new URL('./pin.worker.ts', import.meta.url), { type: 'module', name: 'pin' });

/** Opens a vault. The buffers of `source` that are secret are handed over: the page no longer has them. */
export function openVault(source: Source, worker: Worker = spawn()): Vault {
  const waiting = new Map<number, { done: (done: Done) => void; failed: (error: Error) => void }>();
  let count = 0;
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
  worker.postMessage({ open: source }, [(source.from === 'pin' ? source.pin : source.prf).buffer]);
  return {
    perform: (act) =>
      new Promise((done, failed) => {
        const number = count++;
        waiting.set(number, { done, failed });
        const secret = act.act === 'change' ? [act.pin.buffer] : act.act === 'wrap' ? [act.prf.buffer] : [];
        worker.postMessage({ act, number }, secret);
      }),
    end: () => worker.postMessage({ end: true }),
  };
}

/** How long a pause after a digit is taken for the end of the PIN. */
const pauseMs = 60;

/** The digits of a PIN while they are typed: bytes on the page until they are handed over, never text. */
export class Typing {
  readonly #digits: Bytes = new Uint8Array(PIN_DIGITS.max);
  #length = 0;
  readonly #ahead: { readonly salt: Bytes; readonly kdf: Kdf } | null;
  #begun: Worker | null = null;
  #vault: Vault | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spare: Worker | null = null;

  /** With a salt, M is begun ahead at each digit from the sixth on; without, the digits are only collected. */
  constructor(ahead: { readonly salt: Bytes; readonly kdf: Kdf } | null = null) {
    this.#ahead = ahead;
    if (ahead !== null) this.#spare = spawn();
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
    return this.#digits.slice(0, this.#length);
  }

  /** The vault of exactly these digits. The typing is empty afterwards. */
  take(): Vault {
    if (this.#ahead === null) throw new Error('this typing has no salt');
    clearTimeout(this.#timer);
    this.#vault ??= this.#begin();
    const vault = this.#vault;
    this.#vault = this.#begun = null;
    this.end();
    return vault;
  }

  /** Forgets everything. */
  end(): void {
    clearTimeout(this.#timer);
    wipe(this.#digits);
    this.#length = 0;
    this.#drop();
    this.#spare?.terminate();
    this.#spare = null;
  }

  #guess(): void {
    this.#drop();
    clearTimeout(this.#timer);
    if (this.#ahead === null || this.#length < PIN_DIGITS.min) return;
    this.#timer = setTimeout(() => {
      this.#vault = this.#begin();
    }, pauseMs);
  }

  #begin(): Vault {
    const worker = this.#spare ?? spawn();
    this.#spare = null;
    this.#begun = worker;
    const { salt, kdf } = this.#ahead as { salt: Bytes; kdf: Kdf };
    return openVault({ from: 'pin', pin: this.copy(), salt, kdf }, worker);
  }

  /** Another digit came: what was begun is for nothing, and is stopped in the middle. */
  #drop(): void {
    this.#begun?.terminate();
    this.#begun = this.#vault = null;
    if (this.#ahead !== null && this.#length > 0) this.#spare ??= spawn();
  }
}
