// A code sent by SMS or e-mail: asked for by a click, again only when the server allows it.

import { useEffect, useState } from 'preact/hooks';
import type { MeCalls } from '../api/me.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { SentView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { StepHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem, waitUntil } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { useLocale, useSay } from '../words/say.ts';
import { showTime } from '../words/time.ts';
import { VERIFY } from '../words/verify.ts';
import { CodeForm } from './code-form.tsx';
import type { ScreenProps } from './screen.ts';

/** What was sent in which login: it outlives a detour to another way. */
const sentBefore = new Map<string, SentView>();

export function SendScreen({ login, way, onVerified, onEnded, chosen }: ScreenProps & { chosen: boolean }) {
  const w = useSay(VERIFY);
  const calls = useCalls();
  const to = way.by[0];
  const sending = useSending(calls, `${login.id} ${to?.id}`, to?.id ?? '');
  // Who picked this way from the list has asked for the code; who only typed a password has not.
  useEffect(() => {
    if (chosen && sending.sent === null) void sending.send();
  }, []);
  return (
    <>
      <StepHeading>{w(way.type === 'sms' ? 'sendTitleSms' : 'sendTitleEmail')}</StepHeading>
      <Sending {...sending} hint={to?.hint ?? ''} />
      {sending.sent === null ? null : (
        <CodeForm
          present={(output) =>
            calls.verify({ type: way.type, output, ...(to === undefined ? {} : { authenticator: to.id }) })
          }
          onDone={onVerified}
          onEnded={onEnded}
        />
      )}
    </>
  );
}

function useSending(calls: MeCalls, key: string, authenticator: string) {
  const [sent, setSent] = useState<SentView | null>(sentBefore.get(key) ?? null);
  const task = useTask();
  const send = async (): Promise<void> => {
    const reply = await task.run(() => calls.send(authenticator));
    if (reply === undefined) return;
    sentBefore.set(key, reply);
    setSent(reply);
  };
  return { sent, task, send };
}

function Sending({ sent, task, send, hint }: ReturnType<typeof useSending> & { hint: string }) {
  const w = useSay(VERIFY);
  const locale = useLocale();
  const { contact } = useTenant();
  const { problem, busy } = task;
  const again = Math.max(
    sent === null ? 0 : Date.parse(sent.resendAt),
    problem?.resendAt === undefined ? 0 : Date.parse(problem.resendAt),
    (problem === null ? null : waitUntil(problem)) ?? 0,
  );
  const wait = useSecondsUntil(again === 0 ? null : again);
  return (
    <div class="stack">
      {sent === null ? (
        <p class="soft">{w('sendLead', { to: hint })}</p>
      ) : (
        <Notice tone="good">{w('sent', { to: sent.sentTo, time: showTime(sent.expiresAt, locale) })}</Notice>
      )}
      {problem === null ? null : <Problem problem={problem} contact={contact} />}
      <Button
        look={sent === null ? 'main' : 'link'}
        wide={sent === null}
        busy={busy}
        disabled={wait > 0}
        onClick={() => void send()}
      >
        {busy ? w('sending') : wait > 0 ? w('resendIn', { left: wait }) : w(sent === null ? 'send' : 'resend')}
      </Button>
    </div>
  );
}
