// Finds the number behind an ALTCHA challenge: hash(salt + number) = challenge. Runs beside the page, which stays usable meanwhile.
import type { CaptchaView } from '../api/me.ts';

const AT_ONCE = 512;
const ALGORITHMS = ['SHA-1', 'SHA-256', 'SHA-512'];

addEventListener(
  'message',
  ({ data }: MessageEvent<CaptchaView>) => void find(data).then((found) => postMessage(found)),
);

async function find({ algorithm, challenge, salt, maxnumber, maxNumber }: CaptchaView): Promise<number | null> {
  const most = maxnumber ?? maxNumber ?? 1_000_000;
  if (!ALGORITHMS.includes(algorithm)) return null;
  const wanted = challenge.toLowerCase();
  const text = new TextEncoder();
  for (let first = 0; first <= most; first += AT_ONCE) {
    const hashes = Array.from({ length: Math.min(AT_ONCE, most - first + 1) }, (_, at) =>
      crypto.subtle.digest(algorithm, text.encode(`${salt}${first + at}`)),
    );
    const found = (await Promise.all(hashes)).findIndex((hash) => hex(new Uint8Array(hash)) === wanted);
    if (found >= 0) return first + found;
  }
  return null;
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
