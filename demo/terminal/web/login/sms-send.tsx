// Sends the SMS: at once, because the person has just chosen it or there is no other way; again only after a while.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OfferedAuthenticator } from '../../../../sdk/src/types.ts';
import type { CodeSent, LoginView, ProblemView } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { problemOf } from '../api/http.ts';
import { SmsCorner } from '../sms/corner.tsx';
import { useSecondsUntil } from '../state/clock.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/problem.tsx';
import { LOGIN } from '../words/login.ts';
import { showTime, useLocale, useSay } from '../words/say.ts';
import { isFinal } from './steps.ts';

interface Props {
  login: LoginView;
  by: OfferedAuthenticator;
  onRefused: (problem: ProblemView) => void;
}

const earlierMs = 120_000;

export function SmsSend({ login, by, onRefused }: Props) {
  const w = useSay(LOGIN);
  const locale = useLocale();
  const calls = useCalls();
  const task = useTask();
  const [sent, setSent] = useState<CodeSent | null>(null);
  const [again, setAgain] = useState<number | null>(null);
  const [since, setSince] = useState<number | null>(null);
  const left = useSecondsUntil(again);

  const send = async (): Promise<void> => {
    const asked = Date.now();
    const reply = await task.run(() =>
      calls.sendCode(login.login, by.id).catch((error: unknown) => {
        const problem = problemOf(error);
        if (problem.retryAfter !== undefined) setAgain(asked + problem.retryAfter * 1000);
        // Sent for an earlier try a moment ago: that message is the one to read.
        if (problem.code === 'resend-too-soon') setSince(asked - earlierMs);
        if (isFinal(problem)) onRefused(problem);
        throw error;
      }),
    );
    if (reply === undefined) return;
    setSent(reply);
    setSince(asked);
    setAgain(Date.parse(reply.resendAt));
  };
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void send();
  });

  return (
    <div class="sms-send">
      <p class="lead" role="status">
        {sent === null
          ? w('smsNotSent', { to: by.hint })
          : w('smsSent', { to: sent.sentTo, time: showTime(sent.expiresAt, locale) })}
      </p>
      {task.problem !== null && <Problem problem={task.problem} />}
      <Button icon="message" busy={task.busy} disabled={left > 0} onClick={() => void send()}>
        {task.busy
          ? w('smsSending')
          : left > 0
            ? w('smsResendIn', { left })
            : w(sent === null ? 'smsSend' : 'smsResend')}
      </Button>
      {since !== null && <SmsCorner hint={by.hint} since={since} />}
    </div>
  );
}
