// When there is more than one way: the person chooses.
import type { OfferedAuthenticator } from '../../../../sdk/src/types.ts';
import type { LoginView } from '../../views.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { LOGIN } from '../words/login.ts';
import { useSay } from '../words/say.ts';
import { SigningIn } from './signing-in.tsx';

interface Props {
  login: LoginView;
  onChoose: (by: OfferedAuthenticator) => void;
  onBack: () => void;
}

export function Choose({ login, onChoose, onBack }: Props) {
  const w = useSay(LOGIN);
  return (
    <div class="stack">
      <h2 data-step-heading tabIndex={-1}>
        {w('chooseTitle')}
      </h2>
      <SigningIn account={login.account} />
      <ul class="choices">
        {login.authenticators.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onChoose(one)}>
              <Icon name={one.type === 'sms' ? 'message' : 'shield'} size={22} />
              <span>
                <strong>{w(one.type === 'sms' ? 'smsName' : 'totpName')}</strong>
                <span class="soft">{one.type === 'sms' ? w('smsText', { hint: one.hint }) : w('totpText')}</span>
              </span>
              <Icon name="next" size={18} />
            </button>
          </li>
        ))}
      </ul>
      <Button look="link" icon="back" onClick={onBack}>
        {w('cancel')}
      </Button>
    </div>
  );
}
