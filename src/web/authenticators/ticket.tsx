// A registration of phones: where the app is, a guide, and the QR with its activation code and end; how many joined, live (MO-1.2, MO-2.3).
import { useTenant } from '../api/tenant.tsx';
import type { EnrolmentState, EnrolmentView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { CopyText } from '../ui/copy.tsx';
import { Chip, Notice } from '../ui/notice.tsx';
import { QrPanel } from '../ui/qr.tsx';
import { BIND } from '../words/bind.ts';
import { useLocale, useSay } from '../words/say.ts';
import { showLeft, showTime } from '../words/time.ts';

interface Props {
  ticket: EnrolmentView;
  /** News since it was issued. */
  state: EnrolmentState | undefined;
  /** Asks for a new one; absent where that is done elsewhere. */
  onAgain: (() => void) | undefined;
  busy?: boolean;
}

export function Ticket({ ticket, state, onAgain, busy = false }: Props) {
  const w = useSay(BIND);
  const locale = useLocale();
  const { contact, app } = useTenant();
  const slots = state?.slots ?? ticket.slots;
  const left = useSecondsUntil(Date.parse(ticket.expiresAt));
  const status = left === 0 ? 'expired' : (state?.status ?? 'open');
  const isFull = status === 'used-up' || slots.used >= slots.of;
  const isOver = status === 'expired' || status === 'void' || isFull;
  const appUrl = new URL('/app/', location.href).href;
  return (
    <ol class="ticket">
      <li>
        <h2>{w('appGet')}</h2>
        <p>{w('appGetText')}</p>
        <CopyText label={w('appGet')} text={appUrl} />
        {(app?.links ?? []).map(({ name, url }) => (
          <a key={url} class="button quiet" href={url} target="_blank" rel="noreferrer noopener">
            {name}
          </a>
        ))}
      </li>
      <li>
        <h2>{w('appGuide')}</h2>
        <p>{w('appGuideText')}</p>
        {app?.guide === undefined ? null : (
          <a href={app.guide} target="_blank" rel="noreferrer noopener">
            {w('appGuideOpen')}
          </a>
        )}
      </li>
      <li class="ticket-scan">
        <div class="row apart">
          <h2>{w('appScan')}</h2>
          <span role="status">
            <Chip tone={slots.used > 0 ? 'good' : 'plain'}>{w('appSlots', { used: slots.used, of: slots.of })}</Chip>
          </span>
        </div>
        <QrPanel
          qr={ticket.qr}
          quiet
          state={isFull ? 'done' : isOver ? 'expired' : 'waiting'}
          alt={`${w('appScan')}: ${ticket.account}`}
        />
        {isOver || ticket.url === '' ? null : (
          <a class="on-phone" href={ticket.url} target="_blank" rel="noopener noreferrer">
            {w('appOnPhone')}
          </a>
        )}
        {isOver ? null : (
          <p class="soft middle-text digits">
            {w('appEnds', { time: showTime(ticket.expiresAt, locale) })} · {w('appLeft', { left: showLeft(left) })}
          </p>
        )}
        {isFull ? (
          <Notice tone="good">{w('appFull', { of: slots.of })}</Notice>
        ) : isOver ? (
          <Notice tone="warn" title={w(status === 'void' ? 'appVoid' : 'appExpired')}>
            {w('appExpiredAsk', { contact })}
          </Notice>
        ) : (
          <div class="ticket-type">
            <p class="soft small">{w('appType')}</p>
            <CopyText label={w('appAccount')} text={ticket.account} look="big" />
            <CopyText
              label={w('appCode')}
              text={ticket.activationCode}
              copies={ticket.activationCode.replaceAll(/[\s-]/g, '')}
              look="big"
            />
          </div>
        )}
        {isOver && !isFull && onAgain !== undefined ? (
          <Button look="main" busy={busy} onClick={onAgain}>
            {w('appAgain')}
          </Button>
        ) : null}
      </li>
    </ol>
  );
}
