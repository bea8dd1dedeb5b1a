// One HTTP call: key, language, idempotency, time-out, and the few retries that are safe. A POST carries the same
// Idempotency-Key on every try, so a code whose reply was lost is not counted twice. A refusal (4xx) is never retried.
import { HufuProblem, HufuUnreachable } from './problem.ts';
import type { Locale } from './types.ts';

export interface HufuOptions {
  /** Where Hufu answers, for example https://hufu.example.com. */
  baseUrl: string;
  /** An API key of one tenant. Keep it on your servers. */
  apiKey: string;
  /** Instead of the runtime's own fetch: a proxy, a recorder, a test. */
  fetch?: typeof globalThis.fetch;
  /** How long one try may take, in milliseconds; 10,000 by default. */
  timeoutMs?: number;
  /** The language of problem titles and details, and of messages to people; the tenant's own by default. */
  locale?: Locale;
  /** How often a call is repeated after a network fault or 502, 503, 504; 2 by default. */
  retries?: number;
}

/** What one call may do differently. */
export interface CallOptions {
  locale?: Locale | undefined;
  /** Your own key, when you repeat the call yourself after a restart. */
  idempotencyKey?: string | undefined;
  /** Ends the call early; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | undefined>>;
  body?: unknown;
  /** Seconds the server may hold the reply back (long poll), on top of the time-out. */
  holdSeconds?: number;
  /** The reply holds a secret and is given once: after a lost reply the call starts afresh. */
  shownOnce?: true;
}

export type Transport = <T>(request: Request, options?: CallOptions) => Promise<T>;

const firstWaitMs = 200;
const longestWaitMs = 20_000;

/** Makes the function that sends requests. Rejects with HufuProblem (refused) or HufuUnreachable (no answer). */
export function transport(hufu: HufuOptions): Transport {
  const base = hufu.baseUrl.replace(/\/+$/, '');
  const retries = hufu.retries ?? 2;

  const once = async (request: Request, key: string | undefined, options: CallOptions): Promise<Response> => {
    const limit = AbortSignal.timeout((hufu.timeoutMs ?? 10_000) + (request.holdSeconds ?? 0) * 1000);
    const locale = options.locale ?? hufu.locale;
    return (hufu.fetch ?? fetch)(`${base}${request.path}${queryOf(request)}`, {
      method: request.method,
      headers: {
        accept: 'application/json, application/problem+json',
        authorization: `Bearer ${hufu.apiKey}`,
        ...(locale === undefined ? {} : { 'accept-language': locale }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'error',
      signal: options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]),
    });
  };

  return async <T>(request: Request, options: CallOptions = {}): Promise<T> => {
    let key = request.method === 'POST' ? (options.idempotencyKey ?? crypto.randomUUID()) : undefined;
    for (let tries = 1; ; tries += 1) {
      const answer = await once(request, key, options).then(read, (cause: unknown) => {
        const what = `Hufu did not answer ${request.method} ${request.path}`;
        return new HufuUnreachable(what, { cause });
      });
      if ('value' in answer) return answer.value as T;
      options.signal?.throwIfAborted();
      const left = tries <= retries;
      if (left && lostReply(answer, tries)) {
        // Our earlier try got through, but its secret is never repeated: ask for a new one.
        if (request.shownOnce === true && isProblem(answer, 'shown-once')) key = crypto.randomUUID();
      } else if (tries > 1 && request.method === 'DELETE' && isProblem(answer, 'not-found')) {
        return undefined as T;
      } else if (!left || !isPassing(answer)) {
        throw answer;
      }
      await pause(waitMs(answer, tries), options.signal);
    }
  };
}

type Answer = { value: unknown } | HufuProblem | HufuUnreachable;

const isProblem = (answer: Answer, code: HufuProblem['code']): boolean =>
  answer instanceof HufuProblem && answer.code === code;

/** Faults that pass by themselves: no answer at all, or a server that says "not now". */
const isPassing = (answer: Answer): boolean =>
  answer instanceof HufuUnreachable ||
  (answer instanceof HufuProblem && (answer.status === 502 || answer.status === 503 || answer.status === 504));

/** Refusals that only our own repetition can meet: the first try is still at work, or its reply was lost. */
const lostReply = (answer: Answer, tries: number): boolean =>
  tries > 1 && (isProblem(answer, 'request-in-progress') || isProblem(answer, 'shown-once'));

async function read(response: Response): Promise<Answer> {
  if (response.status === 204) return { value: undefined };
  const body = await response.text().catch((cause: unknown) => new HufuUnreachable('the reply broke off', { cause }));
  if (body instanceof HufuUnreachable) return body;
  const json = parse(body);
  if (response.ok && json !== undefined) return { value: json };
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(after) && after >= 0 ? after : undefined;
  if (json !== undefined && typeof json['code'] === 'string') return new HufuProblem(response.status, json, retryAfter);
  // A proxy's own page: passing when it says so, else there is something else at this address.
  if (response.status >= 502 && response.status <= 504) {
    return new HufuProblem(response.status, { code: 'unavailable', title: `HTTP ${response.status}` }, retryAfter);
  }
  throw new HufuUnreachable(`that is not Hufu's API: HTTP ${response.status} without a problem document`);
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function queryOf({ query = {} }: Request): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** What the server asks for, else twice as long each time, with jitter so that many clients do not return as one. */
function waitMs(answer: HufuProblem | HufuUnreachable, tries: number): number {
  const asked = answer instanceof HufuProblem ? answer.retryAfter : undefined;
  if (asked !== undefined) return Math.min(asked * 1000, longestWaitMs);
  return firstWaitMs * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
