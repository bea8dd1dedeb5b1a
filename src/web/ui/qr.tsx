// A QR to scan and how far that got: being made, waiting, scanned, done, expired. Which one it is, is also said aloud.
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { showLeft } from '../words/time.ts';
import { Button } from './button.tsx';
import { useSecondsUntil } from './clock.ts';
import { Icon } from './icon.tsx';

export type QrState = 'making' | 'waiting' | 'scanned' | 'done' | 'expired';

interface Props {
  /** SVG markup, or a data: URL. */
  qr: string | undefined;
  state: QrState;
  /** What it is for, for those who hear the page. */
  alt?: string;
  /** When it ends (milliseconds); printed below while it waits. */
  endsAt?: number | undefined;
  /** The phone that scanned it. */
  phone?: string | undefined;
  onRefresh?: (() => void) | undefined;
  busy?: boolean;
  /** Nobody tells this page of a scan: it does not say that it waits for one. */
  quiet?: boolean;
}

export const qrSource = (qr: string): string =>
  qr.startsWith('data:') ? qr : `data:image/svg+xml,${encodeURIComponent(qr)}`;

export function QrPanel({ qr, state, alt, endsAt, phone, onRefresh, busy = false, quiet = false }: Props) {
  const w = useSay(COMMON);
  const left = useSecondsUntil(state === 'waiting' ? (endsAt ?? null) : null);
  const spent = state === 'expired' || state === 'scanned' || state === 'done';
  return (
    <div class="qr">
      <div class={spent ? 'qr-frame spent' : 'qr-frame'}>
        {qr === undefined ? null : <img src={qrSource(qr)} alt={alt ?? w('qrAlt')} width="216" height="216" />}
        {state === 'making' ? (
          <div class="qr-over">
            <span class="spinner" aria-hidden="true" />
          </div>
        ) : state === 'scanned' ? (
          <div class="qr-over">
            <Icon name="phone" size={44} />
          </div>
        ) : state === 'done' ? (
          <div class="qr-over good">
            <Icon name="check" size={56} />
          </div>
        ) : state === 'expired' ? (
          <div class="qr-over">
            <Icon name="clock" size={36} />
            {w('qrExpired')}
          </div>
        ) : null}
      </div>
      <p class={state === 'scanned' || state === 'done' ? 'qr-state on' : 'qr-state'} hidden={quiet}>
        <span role="status">{quiet && state === 'waiting' ? '' : w(...said(state, phone))}</span>
        {left > 0 ? <span class="digits"> · {w('qrLeft', { left: showLeft(left) })}</span> : null}
      </p>
      {state === 'expired' && onRefresh !== undefined ? (
        <Button look="main" icon="qr" busy={busy} onClick={onRefresh}>
          {w('qrRefresh')}
        </Button>
      ) : null}
    </div>
  );
}

function said(state: QrState, phone: string | undefined): [keyof typeof COMMON, Record<string, string>?] {
  switch (state) {
    case 'making':
      return ['qrMaking'];
    case 'waiting':
      return ['qrWaiting'];
    case 'scanned':
      return phone === undefined ? ['qrScanned'] : ['qrScannedBy', { phone }];
    case 'done':
      return ['qrDone'];
    case 'expired':
      return ['qrExpired'];
  }
}
