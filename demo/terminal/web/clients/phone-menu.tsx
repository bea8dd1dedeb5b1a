// The phone's menu: Trading opens, TOTP is in it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Tab } from '../trading/workspace.tsx';
import { Icon } from '../ui/icon.tsx';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';
import { TRADING } from '../words/trading.ts';

interface Props {
  account: string;
  onTab: (tab: Tab) => void;
  onTotp: () => void;
  onSignOut: () => void;
}

export function PhoneMenu({ account, onTab, onTotp, onSignOut }: Props) {
  const w = useSay(TRADING);
  const t = useSay(TOTP);
  const [open, setOpen] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <nav class="phone-menu" aria-label={w('menu')}>
      <p class="context">
        {w('account')} <strong class="digits">{account}</strong>
      </p>
      <button type="button" ref={first} onClick={() => onTab('quotes')}>
        <Icon name="list" /> {w('menuQuotes')}
      </button>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="order" /> {w('tradingMenu')}
      </button>
      {open && (
        <div class="sub">
          <button type="button" onClick={() => onTab('positions')}>
            <Icon name="chart" /> {w('menuFunds')}
          </button>
          <button type="button" onClick={onTotp}>
            <Icon name="shield" /> {t('title')}
          </button>
        </div>
      )}
      <button type="button" onClick={onSignOut}>
        <Icon name="exit" /> {w('signOut')}
      </button>
    </nav>
  );
}
