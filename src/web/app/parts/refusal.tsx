// A refusal on a screen of the app: the shared words, or the app's own where nobody was reached.
import type { ProblemView } from '../../api/http.ts';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSay } from '../../words/say.ts';
import { PIN } from '../words/pin.ts';

interface Props {
  problem: ProblemView | null;
  contact?: string | null;
  /** What was sent came from a PIN: then a refused code means that the server does not take that PIN. */
  pin?: boolean;
}

export function Refusal({ problem, contact = null, pin = false }: Props) {
  const w = useSay(PIN);
  if (problem === null) return null;
  const { attemptsLeft } = problem;
  if (pin && problem.code === 'verification-failed')
    return (
      <Notice tone="bad" title={w('refused')}>
        {attemptsLeft === undefined ? w('refusedText') : w('refusedLeft', { n: attemptsLeft })}
      </Notice>
    );
  if (problem.code === 'offline')
    return (
      <Notice tone="bad" title={w('needsOnline')}>
        {w('needsOnlineText')}
      </Notice>
    );
  return <Problem problem={problem} contact={contact ?? w('desk')} />;
}
