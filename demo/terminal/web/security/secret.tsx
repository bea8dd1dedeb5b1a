// The secret of a binding being made, in the forms this client may show.
import type { Binding } from '../../../../sdk/src/types.ts';
import { usePlace } from '../state/place.ts';
import { Button } from '../ui/button.tsx';
import { CopyText } from '../ui/copy.tsx';
import { Icon } from '../ui/icon.tsx';
import { showTime, useLocale, useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';

interface Props {
  binding: Binding;
  account: string;
  isExpired: boolean;
  busy: boolean;
  onRefresh: () => void;
}

export function Secret({ binding, account, isExpired, busy, onRefresh }: Props) {
  const w = useSay(TOTP);
  const locale = useLocale();
  const { client } = usePlace();
  const { key, uri, expiresAt } = binding;
  // Drawn from lines where there are some: sharp at any size.
  const qr = binding.qrSvg === undefined ? binding.qr : `data:image/svg+xml,${encodeURIComponent(binding.qrSvg)}`;
  const showsQr = qr !== undefined && binding.offers.includes('qr');
  if (isExpired) {
    return (
      <div class="expired" role="status">
        <p>{w(showsQr ? 'qrExpired' : 'uriExpired')}</p>
        <Button look="main" busy={busy} onClick={onRefresh}>
          {w('refresh')}
        </Button>
      </div>
    );
  }
  return (
    <div class={showsQr ? 'secret with-qr' : 'secret'}>
      {showsQr && (
        <figure class="qr">
          <img src={qr} alt={w('qrAlt', { account })} />
          {expiresAt !== undefined && <figcaption>{w('validUntil', { time: showTime(expiresAt, locale) })}</figcaption>}
        </figure>
      )}
      <div class="stack">
        {!showsQr && uri !== undefined && <CopyText label={w('uri')} text={uri} button={w('copyUri')} long />}
        {key !== undefined && (
          <CopyText label={w('key')} text={key} copies={key.replaceAll(/\s/g, '')} button={w('copyKey')} />
        )}
        {showsQr && uri !== undefined && <CopyText label={w('uri')} text={uri} button={w('copyUri')} long />}
        {client.kind === 'phone' && uri !== undefined && (
          <a class="button quiet" href={uri}>
            <Icon name="phone" size={18} />
            {w('openApp')}
          </a>
        )}
        {!showsQr && expiresAt !== undefined && (
          <p class="soft small">{w('validUntil', { time: showTime(expiresAt, locale) })}</p>
        )}
        {client.kind === 'phone' && <p class="soft small">{w('offline')}</p>}
      </div>
    </div>
  );
}
