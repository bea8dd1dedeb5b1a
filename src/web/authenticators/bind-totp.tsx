// Binds a third-party authenticator: the QR or the typed key, then its first code (CM-2.2). An abandoned one binds nothing.
import { useEffect, useState } from 'preact/hooks';
import { useTenant } from '../api/tenant.tsx';
import type { BindingView, BoundView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { CopyText } from '../ui/copy.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Loading } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { QrPanel } from '../ui/qr.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { COMMON } from '../words/common.ts';
import { useLocale, useSay } from '../words/say.ts';
import { showTime } from '../words/time.ts';
import type { BindProps } from './bind-props.ts';
import { CodeForm } from './code-form.tsx';

const APPS = [
  ['totpTencent', 'totpTencentText'],
  ['totpMicrosoft', 'totpMicrosoftText'],
  ['totpGoogle', 'totpGoogleText'],
  ['totpOther', 'totpOtherText'],
] as const;

export function BindTotp({ account, start, confirm, onBound, onEnded }: BindProps) {
  const w = useSay(BIND);
  const c = useSay(COMMON);
  const locale = useLocale();
  const { contact } = useTenant();
  const task = useTask();
  const [binding, setBinding] = useState<BindingView>();
  const [app, setApp] = useState(0);
  const begin = async (): Promise<void> => {
    setBinding(undefined);
    setBinding(await task.run(() => start('totp')));
  };
  useEffect(() => void begin(), []);
  const endsAt = binding?.expiresAt === undefined ? null : Date.parse(binding.expiresAt);
  const left = useSecondsUntil(endsAt);
  const isExpired = binding !== undefined && endsAt !== null && left === 0;
  const qr = binding?.qrSvg ?? binding?.qr;

  return (
    <>
      <StepHeading>{w('totpTitle')}</StepHeading>
      <fieldset class="pick">
        <legend class="field-label">{w('totpPick')}</legend>
        <div class="pick-row">
          {APPS.map(([name], at) => (
            <label key={name}>
              <input type="radio" name="totp-app" checked={at === app} onChange={() => setApp(at)} />
              <span>{w(name)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p>{w(APPS[app]?.[1] ?? 'totpOtherText')}</p>
      {task.problem === null ? null : (
        <>
          <Problem problem={task.problem} contact={contact} />
          <Button onClick={() => void begin()}>{w('restart')}</Button>
        </>
      )}
      {binding === undefined ? (
        task.problem === null ? (
          <Loading label={c('loading')} lines={4} />
        ) : null
      ) : (
        <>
          {qr === undefined ? null : (
            <QrPanel
              qr={qr}
              alt={w('totpQr', { account })}
              state={isExpired ? 'expired' : 'waiting'}
              quiet
              onRefresh={() => void begin()}
            />
          )}
          {isExpired ? null : (
            <>
              {binding.expiresAt === undefined ? null : (
                <p class="soft small middle-text">{w('validUntil', { time: showTime(binding.expiresAt, locale) })}</p>
              )}
              <details class="more">
                <summary>{w('cannotScan')}</summary>
                <div class="stack">
                  {binding.key === undefined ? null : (
                    <CopyText label={w('key')} text={binding.key} copies={binding.key.replaceAll(' ', '')} />
                  )}
                  {binding.uri === undefined ? null : <a href={binding.uri}>{w('openHere')}</a>}
                </div>
              </details>
              <p>{w('totpCode')}</p>
              <CodeForm<BoundView>
                present={(output) => confirm(binding.id, { output })}
                onDone={onBound}
                onEnded={onEnded}
                button={w('finish')}
              />
              <p class="soft small">{c('notUnbound')}</p>
            </>
          )}
        </>
      )}
    </>
  );
}
