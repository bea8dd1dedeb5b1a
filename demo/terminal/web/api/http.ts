// One call to the terminal's own back end. A refusal is thrown as Refused; the page acts on its problem's code.
import type { ProblemView } from '../../views.ts';
import type { Locale } from '../words/say.ts';

export class Refused extends Error {
  readonly problem: ProblemView;
  constructor(problem: ProblemView) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The problem behind whatever a call threw; a browser without a connection counts as `offline`. */
export const problemOf = (error: unknown): ProblemView =>
  error instanceof Refused ? error.problem : { code: 'offline', status: 0, title: '', detail: '' };

export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  locale: Locale,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`api${path}`, {
    method,
    headers: {
      'accept-language': locale,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = (await response.json().catch(() => null)) as T | ProblemView | null;
  if (response.ok && json !== null) return json as T;
  const problem = (json ?? {}) as Partial<ProblemView>;
  if (typeof problem.code === 'string') throw new Refused(problem as ProblemView);
  throw new Refused({ code: 'unreachable', status: response.status, title: '', detail: '' });
}
