// A refusal as a person reads it: our words for its code, else the server's own.
import type { ProblemView } from '../../views.ts';
import { PROBLEM_WORDS, PROBLEMS } from '../words/problems.ts';
import { say, showTime, useLocale, useSay } from '../words/say.ts';
import { Note } from './note.tsx';

export function Problem({ problem }: { problem: ProblemView }) {
  const locale = useLocale();
  const w = useSay(PROBLEM_WORDS);
  // The wrong code that used up the last try is the one that froze.
  const isLast = problem.code === 'verification-failed' && problem.attemptsLeft === 0;
  const row = PROBLEMS[isLast ? 'no-tries-left' : problem.code];
  const { attemptsLeft = '', contact = '' } = problem;
  const title = row === undefined ? problem.title || w('unknown') : say(row.title, locale);
  const text = row === undefined ? problem.detail : say(row.text, locale, { attemptsLeft, contact });
  return (
    <Note tone={tones[problem.code] ?? 'bad'} title={title}>
      {text}
      {problem.until === undefined ? null : <p>{w('until', { time: showTime(problem.until, locale) })}</p>}
      <Versions problem={problem} />
      {problem.clients === undefined ? null : (
        <ul class="plain">
          {problem.clients.map((client) => (
            <li key={client.id}>
              <strong>{client.name}</strong>{' '}
              {client.minimumVersion === '' ? null : w('orLater', { version: client.minimumVersion })}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}

const tones: Readonly<Record<string, 'warn'>> = {
  'bind-elsewhere': 'warn',
  'resend-too-soon': 'warn',
  throttled: 'warn',
};

function Versions({ problem: { installed, required, download } }: { problem: ProblemView }) {
  const w = useSay(PROBLEM_WORDS);
  if (required === undefined) return null;
  return (
    <dl class="facts">
      <dt>{w('installed')}</dt>
      <dd>{installed}</dd>
      <dt>{w('required')}</dt>
      <dd>{w('orLater', { version: required })}</dd>
      {download === undefined || download === '' ? null : (
        <>
          <dt>{w('download')}</dt>
          <dd>
            {download.startsWith('https://') ? (
              <a href={download} rel="noreferrer noopener" target="_blank">
                {download}
              </a>
            ) : (
              download
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
