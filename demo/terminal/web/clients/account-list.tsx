// The accounts logged in on this client now, with the QR icon of each at its right.
import { useEffect, useState } from 'preact/hooks';
import type { SeatAccount } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { IconButton } from '../ui/button.tsx';
import { Chip } from '../ui/note.tsx';
import { showTime, useLocale, useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { TRADING } from '../words/trading.ts';

interface Props {
  accounts: readonly SeatAccount[];
  /** Changes whenever something may have been set up or unlinked. */
  fresh: number;
  onTotp: (account: string) => void;
  onSignOut: (account: string) => void;
}

export function AccountList({ accounts, fresh, onTotp, onSignOut }: Props) {
  const w = useSay(TRADING);
  const locale = useLocale();
  return (
    <div class="pane scroll-x">
      <table class="accounts">
        <thead>
          <tr>
            <th scope="col">{w('account')}</th>
            <th scope="col">{w('name')}</th>
            <th scope="col" class="more">
              {w('signedInBy')}
            </th>
            <th scope="col" class="more">
              {w('since')}
            </th>
            <th scope="col">TOTP</th>
            <th scope="col" class="number">
              {w('actions')}
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map(({ account, name, by, since }) => (
            <tr key={account}>
              <th scope="row" class="digits">
                {account}
              </th>
              <td>{name}</td>
              <td class="more">{w(by ?? 'none')}</td>
              <td class="more">{showTime(since, locale)}</td>
              <td>
                <TotpState account={account} fresh={fresh} />
              </td>
              <td class="number actions">
                <IconButton icon="exit" label={w('signOutOf', { account })} onClick={() => onSignOut(account)} />
                <IconButton icon="qr" label={w('openTotp', { account })} onClick={() => onTotp(account)} size={24} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TotpState({ account, fresh }: { account: string; fresh: number }) {
  const t = useSay(TOTP);
  const calls = useCalls();
  const [isOn, set] = useState<boolean | null>(null);
  useEffect(() => {
    calls.account(account).then(
      (found) => set(found.authenticators.some((one) => one.type === 'totp')),
      () => set(null),
    );
  }, [calls, account, fresh]);
  if (isOn === null) return <span class="soft">–</span>;
  return <Chip tone={isOn ? 'good' : 'plain'}>{t(isOn ? 'stateOn' : 'stateOff')}</Chip>;
}
