// How a login ends without anybody being let in: locked, expired, refused on the phone, cancelled. Starting again keeps the account.
import type { ProblemView } from '../api/http.ts';
import { useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Problem } from '../ui/problem.tsx';
import { PROBLEMS } from '../words/problems.ts';
import { say, useLocale, useSay } from '../words/say.ts';
import { LOGIN } from './words.ts';

export function Ended({ problem, onAgain }: { problem: ProblemView; onAgain: () => void }) {
  const w = useSay(LOGIN);
  const locale = useLocale();
  const { contact } = useTenant();
  const cancelled = problem.code === 'cancelled';
  const isFrozen = problem.code === 'frozen' || problem.code === 'verification-failed';
  const words = PROBLEMS[isFrozen ? 'frozen' : problem.code];
  const title = cancelled ? w('endCancelled') : words === undefined ? problem.title : say(words.title, locale);
  return (
    <div class="stack ended">
      <Icon name={isFrozen ? 'lock' : problem.code === 'expired' ? 'clock' : cancelled ? 'close' : 'alert'} size={40} />
      <h1 data-step-heading tabIndex={-1}>
        {title}
      </h1>
      {cancelled ? (
        <p class="soft">{w('endCancelledText')}</p>
      ) : (
        <Problem problem={isFrozen ? { ...problem, code: 'frozen' } : problem} contact={contact} untitled />
      )}
      <Button look="main" wide onClick={onAgain}>
        {w('startAgain')}
      </Button>
    </div>
  );
}
