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
  return async (request, _endpoint, _remembered, locale, instance) => {
    const id = header(request, 'hufu-phone');
    const time = header(request, 'hufu-time');
    const phone = /^phn_[\w-]{10,60}$/.test(id) ? await ports.enrolment.phone(id) : undefined;
    const hash = bodies.get(request)?.digest('base64url') ?? EMPTY;
    const text = ['hufu/request/v1', request.method, request.raw.url ?? '', time, hash].join('\n');
    if (phone === undefined || !(await isSignedBy(ports, phone, text, header(request, 'hufu-signature')))) {
      const wait = perStranger.take(addressBlock(request.ip), clock());
      return wait > 0
        ? problem('too-many-requests', locale, instance, { retryAfter: wait })
        : problem('signature-invalid', locale, instance);
    }
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
