// Somebody asks to be let in: who, what, where, with which browser. Shown, never answered by itself; a press on a button
// of this sheet is the only way to an answer.
import { useState } from 'preact/hooks';
import { problemOf } from '../../api/http.ts';
import { Button } from '../../ui/button.tsx';
import { useSecondsUntil } from '../../ui/clock.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { purposeWords } from '../../words/purposes.ts';
import { say, useLocale, useSay } from '../../words/say.ts';
import { showWhen } from '../../words/time.ts';
import { answer } from '../actions/approve.ts';
import { Refusal } from '../parts/refusal.tsx';
import type { Answer } from '../pin/device.ts';
import { serverNow } from '../server/clock.ts';
import { type Asked, useApp } from '../state/app.tsx';
import { type Given, standingOf } from '../state/sheet.ts';
import { APPROVE } from '../words/approve.ts';
import { PIN } from '../words/pin.ts';

export function ApprovalSheet({ asked }: { asked: Asked }) {
  const w = useSay(APPROVE);
  const common = useSay(COMMON);
  const locale = useLocale();
  const { ask, putAside, callsOf } = useApp();
  const { account, approval } = asked;
  const [busy, setBusy] = useState<Answer | null>(null);
  const [pressed, setPressed] = useState<Answer | null>(null);
  const [told, setTold] = useState<Given['told']>(null);
  const [number, setNumber] = useState('');
  const [tried, setTried] = useState(false);
  const [until] = useState(() => Date.now() + (Date.parse(approval.expiresAt) - serverNow()));
  const left = useSecondsUntil(until);
  const close = (): void => ask(null);
  const isLogin = approval.purpose === 'login';

  const give = async (given: Answer): Promise<void> => {
    setTried(true);
    const needs = approval.needsNumber && given !== 'deny';
    if (busy !== null || (needs && number === '')) return;
    setBusy(given);
    setPressed(given);
    try {
      await answer(account, callsOf(account), approval, given, needs ? number : undefined);
      setTold('taken');
    } catch (error) {
      setTold(problemOf(error));
    } finally {
      setBusy(null);
    }
  };

  // An answer under way is waited for, whatever the clock says.
  const standing = standingOf({ pressed, told, isOver: left === 0 && busy === null });
  if (standing === 'over' || standing === 'gone')
    return (
      <Dialog title={w(standing === 'over' ? 'expired' : 'gone')} onClose={close}>
        <p>{w(standing === 'over' ? 'expiredText' : 'goneText')}</p>
        <Button look="main" wide onClick={close}>
          {common('close')}
        </Button>
      </Dialog>
    );
  if (standing !== 'ask') return <Ending ended={standing} asked={asked} isLogin={isLogin} onClose={close} />;
  return (
    <Dialog title={w(isLogin ? 'loginAsk' : 'actionAsk')} onClose={() => putAside(asked)}>
      <dl class="facts">
        <dt>{w('what')}</dt>
        <dd>
          <strong>{say(purposeWords(approval.purpose), locale)}</strong>
        </dd>
        <dt>{w('who')}</dt>
        <dd>
          <span class="digits">{approval.account}</span> · {approval.tenant.name}
        </dd>
        <dt>{w('client')}</dt>
        <dd>{approval.client}</dd>
        <dt>{w('browser')}</dt>
        <dd>{approval.browser === '' ? w('noPlace') : approval.browser}</dd>
        <dt>{w('place')}</dt>
        <dd>
          {approval.place ?? w('noPlace')} <span class="soft digits">{approval.ip}</span>
        </dd>
        <dt>{w('when')}</dt>
        <dd class="digits">{showWhen(approval.at, locale)}</dd>
      </dl>
      {approval.needsNumber ? (
        <Field
          class="code-input"
          label={w('number')}
          hint={w('numberHint')}
          value={number}
          onValue={(typed) => setNumber(typed.normalize('NFKC').replaceAll(/\D/g, '').slice(0, 6))}
          inputMode="numeric"
          autocomplete="off"
          spellcheck={false}
          error={tried && number === '' ? w('needNumber') : undefined}
        />
      ) : null}
      <Refusal problem={told === 'taken' ? null : told} contact={account.contact} />
      <div class="answers">
        {approval.mayTrust ? (
          <>
            <Button look="main" wide busy={busy === 'approve-trust'} onClick={() => void give('approve-trust')}>
              {w('trust')}
            </Button>
            <Button wide busy={busy === 'approve'} onClick={() => void give('approve')}>
              {w('once')}
            </Button>
            <p class="soft small centred">{w('trustHint')}</p>
          </>
        ) : (
          <Button look="main" wide busy={busy === 'approve'} onClick={() => void give('approve')}>
            {w('approve')}
          </Button>
        )}
        <Button look="danger" wide busy={busy === 'deny'} onClick={() => void give('deny')}>
          {w('deny')}
        </Button>
      </div>
      <p class="soft small centred digits">{w('left', { left })}</p>
    </Dialog>
  );
}

interface EndingProps {
  ended: 'approved' | 'denied' | 'late' | 'wrongNumber';
  asked: Asked;
  isLogin: boolean;
  onClose: () => void;
}

function Ending({ ended, asked: { account }, isLogin, onClose }: EndingProps) {
  const { callsOf } = useApp();
  const { busy, problem, run } = useTask();
  const [secured, setSecured] = useState(false);
  const secure = (): void => {
    void run(async () => {
      await callsOf(account).secure();
      setSecured(true);
    });
  };
  const w = useSay(APPROVE);
  const common = useSay(COMMON);
  const pin = useSay(PIN);
  const good = ended === 'approved';
  return (
    <Dialog title={w(ended)} onClose={onClose}>
      <div class={good ? 'finished-sign' : 'finished-sign bad'}>
        <Icon name={good ? 'check' : 'shield'} size={40} />
      </div>
      {good ? <p class="centred">{w(isLogin ? 'approvedText' : 'approvedAction')}</p> : null}
      {ended === 'wrongNumber' ? <p>{w('wrongNumberText')}</p> : null}
      {ended === 'denied' || ended === 'late' ? (
        <>
          <p>{w(ended === 'late' ? 'lateText' : isLogin ? 'deniedText' : 'deniedAction')}</p>
          <ol class="advice">
            <li>{w('secure1')}</li>
            <li>{w('secure2')}</li>
            <li>{w('secure3', { contact: account.contact ?? pin('desk') })}</li>
          </ol>
          <Refusal problem={problem} contact={account.contact} />
          {secured ? (
            <Notice tone="good">{w('secured')}</Notice>
          ) : (
            <>
              <Button look="danger" wide busy={busy} onClick={secure}>
                {w('secure')}
              </Button>
              <p class="soft small centred">{w('secureText')}</p>
            </>
          )}
        </>
      ) : null}
      <Button look={ended === 'denied' || ended === 'late' ? 'quiet' : 'main'} wide onClick={onClose}>
        {common('done')}
      </Button>
    </Dialog>
  );
}
