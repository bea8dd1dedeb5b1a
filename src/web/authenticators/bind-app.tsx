// Binds the Hufu app: a registration is shown, and the page turns to bound by itself once a phone joined (CM-2.1).
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTenant } from '../api/tenant.tsx';
import type { EnrolmentState, EnrolmentView } from '../api/views.ts';
import { StepHeading } from '../ui/heading.tsx';
import { Loading, Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import type { BindProps } from './bind-props.ts';
import { Ticket } from './ticket.tsx';

export function BindApp({ register, watchRegistration, onBound }: BindProps) {
  const w = useSay(BIND);
  const c = useSay(COMMON);
  const { contact } = useTenant();
  const task = useTask();
  const [ticket, setTicket] = useState<EnrolmentView>();
  const [state, setState] = useState<EnrolmentState>();
  const done = useRef(false);
  const issue = async (): Promise<void> => {
    const issued = await task.run(register);
    setState(undefined);
    if (issued !== undefined) setTicket(issued);
  };
  useEffect(() => void issue(), []);
  useEffect(() => {
    if (ticket === undefined) return;
    return watchRegistration(setState, () => {
      if (done.current) return;
      done.current = true;
      onBound({ status: 'bound', offerRecoveryCodes: false });
    });
  }, [ticket]);
  const hasJoined = ticket !== undefined && state !== undefined && state.slots.used > ticket.slots.used;
  return (
    <>
      <StepHeading>{w('appTitle')}</StepHeading>
      {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
      {hasJoined ? <Notice tone="good">{w('appJoined')}</Notice> : null}
      {ticket === undefined ? (
        task.problem === null ? (
          <Loading label={c('loading')} lines={5} />
        ) : null
      ) : (
        <Ticket ticket={ticket} state={state} busy={task.busy} onAgain={() => void issue()} />
      )}
    </>
  );
}
