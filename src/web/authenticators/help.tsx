// "Can't get a code?": the right way out for this account and phase (ES-5.3), opened where the person stands.
import { useTenant } from '../api/tenant.tsx';
import type { LoginView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { hintsOf, type Way } from './ways.ts';

interface Props {
  login: LoginView;
  way: Way | null;
  ways: readonly Way[];
  onWay: (way: Way) => void;
}

export function Help({ login, way, ways, onWay }: Props) {
  const w = useSay(VERIFY);
  const c = useSay(COMMON);
  const tenant = useTenant();
  const contact = login.help.contact || tenant.contact;
  const sms = ways.find(({ type }) => type === 'sms');
  const recovery = ways.find(({ kind }) => kind === 'recovery');
  return (
    <details class="help">
      <summary>{w('help')}</summary>
      <div class="stack">
        {way?.kind === 'send' ? (
          <p>{w('helpMoved', { to: hintsOf(way), contact })}</p>
        ) : login.help.way === 'unbind-after-sms' ? (
          <p>{w('helpUnbind')}</p>
        ) : null}
        {login.help.way === 'unbind-after-sms' && sms !== undefined && sms !== way ? (
          <Button look="quiet" onClick={() => onWay(sms)}>
            {w('useSms')}
          </Button>
        ) : null}
        {recovery !== undefined && recovery !== way ? (
          <>
            <p>{w('helpRecovery')}</p>
            <Button look="quiet" onClick={() => onWay(recovery)}>
              {w('useRecovery')}
            </Button>
          </>
        ) : null}
        {way?.kind === 'send' ? null : <p>{w('helpContact', { contact })}</p>}
        <p class="soft small">{c('notUnbound')}</p>
      </div>
    </details>
  );
}
