// Sign-in alerts, turned on and off by a press; nothing where the browser cannot.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useLocale, useSay } from '../../words/say.ts';
import { keepOn, type NotifyState, notifyState, turnOff, turnOn } from '../actions/notify.ts';
import { anyone, type PhoneCalls } from '../server/server.ts';
import { useApp } from '../state/app.tsx';
import { NOTIFY } from '../words/notify.ts';

export function Notify() {
  const w = useSay(NOTIFY);
  const locale = useLocale();
  const phones = useActivePhones();
  const { online } = useApp();
  const [state, setState] = useState<NotifyState>('none');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => void notifyState().then(setState), []);

  const work = (doing: () => Promise<NotifyState>): void => {
    setBusy(true);
    setFailed(false);
    doing()
      .then(setState, () => setFailed(true))
      .finally(() => setBusy(false));
  };
  if (state === 'none' || phones.length === 0) return null;
  return (
    <section class="card stack tight">
      <h2>{w('title')}</h2>
      <p class="soft">{w('text')}</p>
      {failed ? <Notice tone="warn" title={w('failed')} /> : null}
      {state === 'denied' ? (
        <p role="status">{w('denied')}</p>
      ) : state === 'on' ? (
        <div class="row">
          <span role="status">{w('on')}</span>
          <Button look="link" busy={busy} onClick={() => work(() => turnOff(phones))}>
            {w('turnOff')}
          </Button>
        </div>
      ) : !online ? null : (
        <Button busy={busy} onClick={() => work(async () => turnOn((await anyone(locale).pushKey()).key, phones))}>
          {w('turnOn')}
        </Button>
      )}
    </section>
  );
}

/** Keeps the servers of all accounts told where this phone is woken, once the app is open and has a network. */
export function useKeepNotified(): void {
  const { online } = useApp();
  const phones = useActivePhones();
  useEffect(() => {
    if (online && phones.length > 0) void keepOn(phones).catch(() => {});
  }, [online, phones.length]);
}

function useActivePhones(): readonly PhoneCalls[] {
  const { accounts, callsOf } = useApp();
  return (accounts ?? []).filter((one) => one.status === 'active').map(callsOf);
}
