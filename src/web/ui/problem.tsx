// A refusal as a person reads it: our words for its code, else the server's own, which come in the same language.
import type { ProblemView } from '../api/http.ts';
import { PROBLEM_WORDS, PROBLEMS } from '../words/problems.ts';
import { say, useLocale, useSay } from '../words/say.ts';
import { showTime } from '../words/time.ts';
import { useSecondsUntil } from './clock.ts';
import { Notice } from './notice.tsx';

const GENTLE: readonly string[] = ['resend-too-soon', 'throttled', 'too-many-requests', 'superseded', 'already-bound'];

interface Props {
  problem: ProblemView;
  /** Stands in where the problem does not say whom to ask. */
  contact?: string;
  /** A heading says the title already. */
  untitled?: boolean;
}

export function Problem({ problem, contact = '', untitled = false }: Props) {
  const locale = useLocale();
  const w = useSay(PROBLEM_WORDS);
  const wait = useSecondsUntil(waitUntil(problem));
  const words = PROBLEMS[problem.code];
  const members = { attemptsLeft: problem.attemptsLeft ?? '', contact: problem.contact ?? contact };
  const text =
    problem.code === 'verification-failed' && problem.attemptsLeft === 0
      ? w('noTriesLeft', members)
      : problem.code === 'verification-failed' && problem.attemptsLeft === undefined
        ? ''
        : words === undefined
          ? problem.detail
          : say(words.text, locale, members);
  const title = words === undefined ? problem.title || w('unknown') : say(words.title, locale);
  return (
    <Notice tone={GENTLE.includes(problem.code) ? 'warn' : 'bad'} title={untitled ? undefined : title}>
      {text}
      {problem.until === undefined ? null : <p>{w('until', { time: showTime(problem.until, locale) })}</p>}
      {wait > 0 ? <p class="digits">{w('wait', { left: wait })}</p> : null}
    </Notice>
  );
}

/** Until when (milliseconds) the server answers no further try; null when it does not say. */
export const waitUntil = ({ retryAfter, at }: ProblemView): number | null =>
  retryAfter === undefined ? null : at + retryAfter * 1000;
