// One call to Hufu from a page. A refusal (RFC 9457) is thrown as Refused; pages act on its problem's code, never on text.

import type { Locale } from '../words/say.ts';
import { learnDate, serverNow } from './clock.ts';

/** A refusal as pages use it: the problem's code, and the members that people need to know. */
export interface ProblemView {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly attemptsLeft?: number;
  /** Seconds until another try is answered. */
  readonly retryAfter?: number;
  readonly until?: string;
  readonly contact?: string;
  readonly resendAt?: string;
  readonly errors?: readonly { readonly at: string; readonly message: string }[];
  /** When this page learned of it (milliseconds): what `retryAfter` counts from. */
  readonly at: number;
}

export class Refused extends Error {
  readonly problem: ProblemView;
  constructor(problem: ProblemView) {
    super(problem.code);
    this.problem = problem;
  }
}

/** A problem made by the page itself. */
export const problem = (code: string, status = 0): ProblemView => ({
  code,
  status,
  title: '',
  detail: '',
  at: serverNow(),
});

/** The problem behind whatever a call threw; anything that is not a refusal means that nobody was reached. */
export const problemOf = (error: unknown): ProblemView =>
  error instanceof Refused ? error.problem : problem('offline');

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export interface CallOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}
export type Call = <T>(method: Method, path: string, options?: CallOptions) => Promise<T>;

export interface CallerOptions {
  readonly locale: Locale;
  /** Sent as `Hufu-Tenant`; a plain form of another site cannot send it. */
  readonly tenant?: string;
  /** Told of every refusal before it is thrown: a page learns here that its session ended. */
  readonly onRefused?: (problem: ProblemView) => void;
  /** Further headers of one call: an app signs its requests here. `body` is what will be sent, or the empty string. */
  readonly headers?: (method: Method, path: string, body: string) => Promise<Readonly<Record<string, string>>>;
}

/** A caller for one tenant and language. Resolves with the reply's JSON (undefined where there is none). */
export function caller(options: CallerOptions): Call {
  return async <T>(method: Method, path: string, { body, signal }: CallOptions = {}): Promise<T> => {
    const response = await send(options, method, path, body, signal);
    const json = (await response.json().catch(() => undefined)) as unknown;
    if (response.ok) return json as T;
    const refused = new Refused(viewOf(json, response));
    options.onRefused?.(refused.problem);
    throw refused;
  };
}

/** The bare exchange, for callers that read the reply themselves. */
export async function send(
  options: CallerOptions,
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  accept = 'application/json',
): Promise<Response> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      accept,
      'accept-language': options.locale,
      ...(options.tenant === undefined ? {} : { 'hufu-tenant': options.tenant }),
      ...(text === '' ? {} : { 'content-type': 'application/json' }),
      ...(await options.headers?.(method, path, text)),
    },
    ...(text === '' ? {} : { body: text }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (options.tenant !== undefined) learnDate(response.headers.get('date'));
  return response;
}

function viewOf(json: unknown, { status, headers }: Response): ProblemView {
  const found = (typeof json === 'object' && json !== null ? json : {}) as Partial<ProblemView>;
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  const code = found.code ?? (status === 429 ? 'too-many-requests' : 'unavailable');
  return {
    ...found,
    ...problem(code, status),
    title: found.title ?? '',
    detail: found.detail ?? '',
    ...(found.retryAfter === undefined && Number.isFinite(after) ? { retryAfter: after } : {}),
  };
}
