// A push without a QR: the number shown here is typed on the phone, so that nobody can wave an unasked-for notice through.

import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../api/clock.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { PushView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { StepHeading } from '../ui/heading.tsx';
import { Loading, Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { Ring } from '../ui/ring.tsx';
import { useTask } from '../ui/task.ts';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { showLeft } from '../words/time.ts';
import { VERIFY } from '../words/verify.ts';
import { isFinal, type ScreenProps } from './screen.ts';
import { useApproval } from './use-approval.ts';
import { hintsOf } from './ways.ts';

export function PushScreen({ login, way, ways, onVerified, onEnded, onWay }: ScreenProps) {
  const w = useSay(VERIFY);
  const c = useSay(COMMON);
  const calls = useCalls();
  const { contact } = useTenant();
  const task = useTask();
  const [push, setPush] = useState<{ view: PushView; seconds: number }>();
  const make = async (): Promise<void> => {
    const view = await task.run(() => calls.push());
    if (view !== undefined)
      setPush({ view, seconds: Math.max(1, Math.round((Date.parse(view.expiresAt) - serverNow()) / 1000)) });
  };
  useEffect(() => void make(), [login.id]);
  useEffect(() => {
    if (task.problem !== null && isFinal(task.problem)) onEnded(task.problem);
  }, [task.problem]);
  const left = useSecondsUntil(push === undefined ? null : Date.parse(push.view.expiresAt));
  const { state, problem } = useApproval(push?.view.id, onVerified, onEnded);
  const code = ways.find(({ kind, type }) => kind === 'code' && type === way.type);
  const phone = push?.view.sentTo.join(' · ') ?? hintsOf(way);
  const isOver = push !== undefined && (left === 0 || state?.status === 'expired');
  return (
    <>
      <StepHeading>{w('pushTitle')}</StepHeading>
      <p class="soft">{w('pushLead', { phone: phone || w('theApp') })}</p>
      {push === undefined ? (
        task.problem === null ? (
          <Loading label={w('pushMaking')} lines={2} />
        ) : null
      ) : isOver ? (
        <Notice tone="warn" title={w('pushExpired')} />
      ) : (
        <>
          <p class="push-number digits" role="status">
            {push.view.number}
          </p>
          <Ring left={left} of={push.seconds}>
            {w('pushSent', { phone })} · {c('qrLeft', { left: showLeft(left) })}
          </Ring>
        </>
      )}
      {problem === null ? null : <Problem problem={problem} contact={contact} />}
      {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
      <div class="ways">
        <Button look={isOver ? 'main' : 'link'} busy={task.busy} onClick={() => void make()}>
          {w('pushAgain')}
        </Button>
        {code === undefined ? null : (
          <Button look="link" onClick={() => onWay(code)}>
            {w('pushToCode')}
          </Button>
        )}
      </div>
    </>
  );
}
