// Requests that were closed without an answer: still there, until their time is over.
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { serverNow } from '../server/clock.ts';
import { useApp } from '../state/app.tsx';
import { APPROVE } from '../words/approve.ts';

export function Waiting() {
  const w = useSay(APPROVE);
  const { aside, ask } = useApp();
  useNow(aside.length > 0);
  const open = aside.filter(({ approval }) => Date.parse(approval.expiresAt) > serverNow());
  const last = open.at(-1);
  if (last === undefined) return null;
  return (
    <Notice tone="warn" title={w('waiting', { n: open.length })}>
      <Button look="link" onClick={() => ask(last)}>
        {w('look')}
      </Button>
    </Notice>
  );
}
