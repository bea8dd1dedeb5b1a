// "Can't get a code?" leads to the right way out for the phase: the server says which (login.help).
import type { OfferedAuthenticator } from '../../../../sdk/src/types.ts';
import type { LoginView } from '../../views.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import type { Step } from './steps.ts';

interface Props {
  login: LoginView;
  by: OfferedAuthenticator;
  onStep: (step: Step) => void;
}

export function Help({ login, by, onStep }: Props) {
  const w = useSay(LOGIN);
  const { way, contact } = login.help;
  const sms = login.authenticators.find((one) => one.type === 'sms');
  const hasCodes = login.recovery.includes('recovery-code');
  return (
    <details class="help">
      <summary>
        <Icon name="info" size={18} />
        {w('help')}
      </summary>
      <div class="stack">
        {by.type === 'sms' ? (
          <p>{w('helpSms', { to: by.hint, contact })}</p>
        ) : (
          <>
            {way === 'unbind-after-sms' && <p>{w('helpUnbind')}</p>}
            {way === 'unbind-after-sms' && sms !== undefined && (
              <Button icon="message" onClick={() => onStep({ at: 'code', login, by: sms })}>
                {w('useSms')}
              </Button>
            )}
            {(way === 'recovery-code' || hasCodes) && <p>{w('helpRecovery')}</p>}
            {(way === 'recovery-code' || hasCodes) && (
              <Button icon="key" onClick={() => onStep({ at: 'recovery', login })}>
                {w('useRecovery')}
              </Button>
            )}
            {way !== 'unbind-after-sms' && <p>{w('helpContact', { contact })}</p>}
            <p class="soft">{w('notUnbound')}</p>
          </>
        )}
      </div>
    </details>
  );
}
