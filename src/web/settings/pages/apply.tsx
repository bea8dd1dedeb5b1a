// Customer service → Two-factor application (MO-1.2): apply, confirm, and the registration in place; also in a new window where the browser
// allows one. The new window shows the very same registration: it is handed over inside the browser, never in an address.
import { useEffect, useState } from 'preact/hooks';
import { useCalls, useTenant } from '../../api/tenant.tsx';
import type { EnrolmentState, EnrolmentView, MeView } from '../../api/views.ts';
import { Ticket } from '../../authenticators/ticket.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import { Confirm } from '../confirm.tsx';
import { useGuarded } from '../step-up.tsx';
import { APPLY } from '../words/mail.ts';

const CHANNEL = 'hufu-registration';

export function Apply({ me }: { me: MeView }) {
  const w = useSay(APPLY);
  const c = useSay(COMMON);
  const calls = useCalls();
  const guarded = useGuarded();
  const { contact } = useTenant();
  const again = useTask();
  const [asking, setAsking] = useState(false);
  const [ticket, setTicket] = useState<EnrolmentView>();
  const [shownIn, setShownIn] = useState<'blocked' | 'opened'>();
  useEffect(() => {
    if (ticket === undefined) return;
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(ticket);
    // A window that opens later asks for it.
    channel.onmessage = ({ data }) => {
      if (data === 'which') channel.postMessage(ticket);
    };
    return () => channel.close();
  }, [ticket]);
  const issue = async (): Promise<boolean> => {
    const issued = await guarded('change', () => calls.enrolment());
    if (issued !== undefined) setTicket(issued);
    return issued !== undefined;
  };

  if (ticket !== undefined)
    return (
      <>
        {shownIn === 'blocked' ? (
          <Notice tone="warn" title={w('blockedTitle')}>
            {w('blocked')}
          </Notice>
        ) : (
          <Notice>{w('opened')}</Notice>
        )}
        {again.problem === null ? null : <Problem problem={again.problem} contact={contact} />}
        <Live ticket={ticket} busy={again.busy} onAgain={() => void again.run(issue)} />
      </>
    );
  return (
    <>
      <section class="panel stack">
        <p>{w('lead')}</p>
        <fieldset class="stack tight">
          <legend class="field-label">{w('method')}</legend>
          <label class="tick">
            <input type="radio" name="method" checked readOnly />
            <span>
              <strong>{w('mobileOtp')}</strong>
              <span class="soft small block">{w('mobileOtpText')}</span>
            </span>
          </label>
        </fieldset>
        <div class="actions">
          <Button look="main" onClick={() => setAsking(true)}>
            {w('apply')}
          </Button>
        </div>
      </section>
      {asking ? (
        <Confirm
          title={w('confirmTitle')}
          action={w('confirm')}
          look="main"
          keep={c('cancel')}
          onClose={() => setAsking(false)}
          work={async () => {
            // Asked for inside the click: later the browser would take it for an unwanted window.
            const opened = window.open('#/registration', CHANNEL);
            setShownIn(opened === null || opened.closed ? 'blocked' : 'opened');
            try {
              const issued = await issue();
              if (!issued) opened?.close();
              return issued;
            } catch (error) {
              opened?.close();
              throw error;
            }
          }}
        >
          <p>{w('confirmText', { account: me.account })}</p>
        </Confirm>
      ) : null}
    </>
  );
}

/** The new window: asks the first one for its registration. */
export function Registration() {
  const w = useSay(APPLY);
  const [ticket, setTicket] = useState<EnrolmentView>();
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'object' && data !== null && 'activationCode' in data) setTicket(data as EnrolmentView);
    };
    channel.postMessage('which');
    return () => channel.close();
  }, []);
  if (ticket === undefined) return <Notice>{w('windowWaiting')}</Notice>;
  return <Live key={ticket.id} ticket={ticket} onAgain={undefined} />;
}

interface LiveProps {
  ticket: EnrolmentView;
  busy?: boolean;
  onAgain: (() => void) | undefined;
}

function Live({ ticket, busy = false, onAgain }: LiveProps) {
  const calls = useCalls();
  const [state, setState] = useState<EnrolmentState>();
  useEffect(() => {
    setState(undefined);
    return calls.watchEnrolment(setState, () => undefined);
  }, [ticket.id, calls]);
  return (
    <section class="panel">
      <Ticket ticket={ticket} state={state} busy={busy} onAgain={onAgain} />
    </section>
  );
}
