// Requests signed by an enrolled phone (ECDSA P-256; HMAC-SHA-256 from WeChat) over method, path, time and the very bytes of the body. Who signs is known, what is asked cannot be
// changed on the way, and two minutes later it is worth nothing.
import { createHash, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';
import { addressBlock } from '../../../core/throttle/addresses.ts';
import { phoneCaller } from '../../../flows/enrolment/load.ts';
import { isSignedBy } from '../../../flows/enrolment/signed.ts';
import type { HttpPorts, Identify } from '../handler.ts';
import { limiter } from '../limits.ts';
import { instant, problem } from '../replies.ts';

/** How far a phone's idea of our time may be off. */
const TOLERANCE_MS = 120_000;
const MOST_PROVEN = 50_000;
const EMPTY = createHash('sha256').digest('base64url');
const bodies = new WeakMap<FastifyRequest, Hash>();

/** Hashes a body's bytes on their way to the parser. */
export const hashBody: preParsingAsyncHookHandler = async (request, _reply, payload) => {
  const hash = createHash('sha256');
  bodies.set(request, hash);
  return payload.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    }),
  );
};

/** Knows a phone by its signature. A revoked one is told so, but only when it really is that phone. */
export function phones(ports: HttpPorts, clock: () => number): Identify {
  // An address that keeps sending bad signatures: one guess a second, sixty in a burst.
  const perStranger = limiter(1, 60);
  // Phones that proved themselves here: whoever shares an address with a stranger still gets in.
  const proven = new Set<string>();
  return async (request, _endpoint, _remembered, locale, instance) => {
    const id = header(request, 'hufu-phone');
    const time = header(request, 'hufu-time');
    const address = addressBlock(request.ip);
    // Who has used up its guesses costs no reads any more. A guess is taken before the read, so that many at once are no way round it, and given
    // back to a good signature.
    const isGuess = perStranger.knows(address) && !proven.has(id);
    const early = isGuess ? perStranger.take(address, clock()) : 0;
    if (early > 0) return problem('too-many-requests', locale, instance, { retryAfter: early });
    const phone = /^phn_[\w-]{10,60}$/.test(id) ? await ports.enrolment.phone(id) : undefined;
    const hash = bodies.get(request)?.digest('base64url') ?? EMPTY;
    const text = ['hufu/request/v1', request.method, request.raw.url ?? '', time, hash].join('\n');
    if (phone === undefined || !(await isSignedBy(ports, phone, text, header(request, 'hufu-signature')))) {
      const wait = isGuess ? 0 : perStranger.take(address, clock());
      return wait > 0
        ? problem('too-many-requests', locale, instance, { retryAfter: wait })
        : problem('signature-invalid', locale, instance);
    }
    if (isGuess) perStranger.give(address);
    proven.add(id);
    const [oldest] = proven;
    if (proven.size > MOST_PROVEN && oldest !== undefined) proven.delete(oldest);
    if (phone.status === 'revoked') return problem('phone-revoked', locale, instance);
    if (!/^\d{1,15}$/.test(time) || Math.abs(Number(time) - phone.now) > TOLERANCE_MS)
      return problem('clock-off', locale, instance, { serverTime: instant(phone.now) });
    const caller = phoneCaller(phone);
    return { caller, phone: { caller, phone: phone.id, account: phone.canonical, ip: request.ip } };
  };
}

function header(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
