// The captcha: an ALTCHA proof of work, solved in a worker while the person types, so that nobody has to read or hear anything.
import type { CaptchaView, MeCalls } from '../api/me.ts';

export type CaptchaState = 'idle' | 'busy' | 'done' | 'failed';

export interface Captcha {
  /** The solved challenge as the server wants it; solves one when there is none. */
  readonly answer: () => Promise<string>;
  /** Begins to solve, if nothing was begun. */
  readonly begin: () => void;
  /** Forgets the answer: each is good for one try. */
  readonly forget: () => void;
}

/** Tells every change of state to `onState`. */
export function captchaOf(calls: Pick<MeCalls, 'captcha'>, onState: (state: CaptchaState) => void): Captcha {
  let solving: Promise<string> | null = null;
  const solve = async (): Promise<string> => {
    onState('busy');
    try {
      const challenge = await calls.captcha();
      const answer = await work(challenge);
      onState('done');
      return answer;
    } catch (error) {
      solving = null;
      onState('failed');
      throw error;
    }
  };
  const answer = (): Promise<string> => {
    solving ??= solve();
    return solving;
  };
  return {
    answer,
    begin: () => void answer().catch(() => undefined),
    forget() {
      solving = null;
      onState('idle');
    },
  };
}

function work(challenge: CaptchaView): Promise<string> {
  const from = performance.now();
  const worker = new Worker(new URL('./captcha-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number | null>) =>
      data === null ? reject(new Error('no number solves this')) : resolve(data);
    worker.onerror = () => reject(new Error('the worker did not start'));
    worker.postMessage(challenge);
  })
    .then((number) => {
      const { algorithm, salt, signature } = challenge;
      const took = Math.round(performance.now() - from);
      return btoa(JSON.stringify({ algorithm, challenge: challenge.challenge, number, salt, signature, took }));
    })
    .finally(() => worker.terminate());
}
