// A passkey answers with a fingerprint, a face or the device's PIN; nothing is typed. The browser asks; dismissing it leaves all as it was.
import { useEffect, useState } from 'preact/hooks';
import { useCalls, useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { Dismissed, inBrowser } from './passkey-question.ts';
import type { ScreenProps } from './screen.ts';
import { useVerify } from './use-verify.ts';

export function PasskeyScreen({ onVerified, onEnded, chosen }: ScreenProps & { chosen: boolean }) {
  const w = useSay(VERIFY);
  const calls = useCalls();
  const { contact } = useTenant();
  const [dismissed, setDismissed] = useState(false);
  const check = useVerify(onVerified, onEnded);
  const ask = async (): Promise<void> => {
    setDismissed(false);
    await check
      .run(async () => {
        const { passkey } = await calls.passkey();
        const answer = await inBrowser(({ askPasskey }) => askPasskey(passkey));
        return calls.verify({ type: 'passkey', passkey: answer });
      }, Dismissed)
      .catch(() => setDismissed(true));
  };
  // Browsers want a click before they ask; whoever chose this from the list has clicked.
  useEffect(() => {
    if (chosen) void ask();
  }, []);
  return (
    <>
      <StepHeading>{w('passkeyTitle')}</StepHeading>
      <p class="soft">{w('passkeyLead')}</p>
      {dismissed ? <Notice tone="warn">{w('passkeyDismissed')}</Notice> : null}
      {check.problem === null ? null : <Problem problem={check.problem} contact={contact} />}
      <Button look="main" wide icon="finger" busy={check.busy} disabled={check.wait > 0} onClick={() => void ask()}>
        {check.busy ? w('passkeyBusy') : w('passkeyUse')}
      </Button>
    </>
  );
}
