// Sends the SMS: at once, because the person has just chosen it or there is no other way; again only after a while.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OfferedAuthenticator } from '../../../../sdk/src/types.ts';
import type { LoginView, ProblemView } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { problemOf } from '../api/http.ts';
import { SmsCorner } from '../sms/corner.tsx';
import { useSecondsUntil } from '../state/clock.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { showTime, useLocale, useSay } from '../words/say.ts';
import { isFinal, type SentCode } from './steps.ts';

interface Props {
  login: LoginView;
  by: OfferedAuthenticator;
  /** What this login sent before the person looked elsewhere. */
  before: SentCode | undefined;
  onSent: (sent: SentCode) => void;
  onRefused: (problem: ProblemView) => void;
}

export function SmsSend({ login, by, before, onSent, onRefused }: Props) {
  const w = useSay(LOGIN);
  const locale = useLocale();
  const calls = useCalls();
  const task = useTask();
  const [sent, setSent] = useState(before ?? null);
  const [again, setAgain] = useState(before === undefined ? null : Date.parse(before.reply.resendAt));
  const left = useSecondsUntil(again);

  const send = async (): Promise<void> => {
    const asked = Date.now();
    const reply = await task.run(() =>
      calls.sendCode(login.login, by.id).catch((error: unknown) => {
        const problem = problemOf(error);
        if (problem.retryAfter !== undefined) setAgain(asked + problem.retryAfter * 1000);
        if (isFinal(problem)) onRefused(problem);
        throw error;
      }),
    );
    if (reply === undefined) return;
    setSent({ reply, asked });
    onSent({ reply, asked });
    setAgain(Date.parse(reply.resendAt));
  };
  const started = useRef(before !== undefined);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void send();
  });

  const { problem } = task;
  // A code belongs to the sign-in that asked for it: one sent for the sign-in before this one is of no use here.
  const isForEarlier = problem?.code === 'resend-too-soon' && sent === null;
  return (
    <div class="sms-send">
      <p class="lead" role="status">
        {sent !== null
          ? w('smsSent', { to: sent.reply.sentTo, time: showTime(sent.reply.expiresAt, locale) })
          : isForEarlier
            ? w('smsTooSoon')
            : w('smsNotSent', { to: by.hint })}
      </p>
      {problem !== null && !isForEarlier && <Problem problem={problem} />}
      <Button icon="message" busy={task.busy} disabled={left > 0} onClick={() => void send()}>
        {task.busy
          ? w('smsSending')
          : left > 0
            ? w('smsResendIn', { left })
            : w(sent === null ? 'smsSend' : 'smsResend')}
      </Button>
      {sent !== null && <SmsCorner hint={by.hint} since={sent.asked} />}
    </div>
  );
}
