// The demo's own phone: shows the newest SMS while one is awaited, so that a visitor needs no phone network.
// It reads the demo's outbox, lightly, and exists in the demo only.
import { useEffect, useState } from 'preact/hooks';
import { usePlace } from '../state/place.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { BAR } from '../words/bar.ts';
import { useSay } from '../words/say.ts';

interface Message {
  to: string;
  channel: string;
  text: string;
  at: string;
  tenant: string;
}

const everyMs = 2000;

/** `since`: when the message was asked for (milliseconds); older ones belong to earlier sign-ins. */
export function SmsCorner({ hint, since }: { hint: string; since: number }) {
  const w = useSay(BAR);
  const { tenant } = usePlace();
  const [message, setMessage] = useState<Message | null>(null);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const found = document.hidden ? null : await newest(tenant.id, hint, since).catch(() => null);
      if (over) return;
      if (found !== null) setMessage(found);
      timer = setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [tenant.id, hint, since]);
  const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0];
  return (
    <aside class="sms-corner" aria-label={w('smsTitle')}>
      <header>
        <Icon name="phone" size={16} />
        {message === null ? w('smsWaiting') : w('smsTitle')}
      </header>
      <div role="status">{message !== null && <p>{message.text}</p>}</div>
      {code !== undefined && (
        <Button look="main" onClick={() => dispatchEvent(new CustomEvent('demo-sms-code', { detail: code }))}>
          {w('smsFill', { code })}
        </Button>
      )}
    </aside>
  );
}

/** The newest SMS of the brokerage to a number that ends like the masked one, sent since the given time. */
async function newest(tenant: string, hint: string, since: number): Promise<Message | null> {
  const ending = /\d*$/.exec(hint)?.[0] ?? '';
  const response = await fetch('/demo/outbox.json');
  const messages = (await response.json()) as Message[];
  const mine = messages.find(
    (one) => one.channel === 'sms' && one.tenant === tenant && one.to.endsWith(ending) && Date.parse(one.at) >= since,
  );
  return mine ?? null;
}
