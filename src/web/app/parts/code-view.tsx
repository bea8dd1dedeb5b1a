// Six digits in a ring that empties with their minute. A code that has only seconds left when it is made is followed by
// the next one by itself; otherwise it ends, and another takes the PIN again: nothing that could make one was kept.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { grouped } from '../../ui/digits.ts';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import type { ShownCode } from '../actions/pin.ts';
import { CODE } from '../pin/pin.ts';
import { APP } from '../words/app.ts';

const periodMs = CODE.periodSeconds * 1000;
/** With less than this left, the code that follows is shown too. */
const tooShortMs = 15_000;
const radius = 104;
const round = 2 * Math.PI * radius;

export function CodeView({ shown, onAnother }: { shown: ShownCode; onAnother: () => void }) {
  const w = useSay(APP);
  const common = useSay(COMMON);
  const now = useNow(true, 200);
  const follows = useRef(shown.until - Date.now() < tooShortMs).current;
  const second = follows && now >= shown.until;
  const until = second ? shown.until + periodMs : shown.until;
  const code = second ? shown.next : shown.code;
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const over = left === 0;
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => setCopied('no'), [code, over]);
  const copy = (): void => {
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) setCopied('failed');
    else
      clipboard.writeText(code).then(
        () => setCopied('yes'),
        () => setCopied('failed'),
      );
  };
  return (
    <div class="code-view">
      <div class={over ? 'dial over' : left <= 10 ? 'dial ending' : 'dial'}>
        <svg viewBox="0 0 220 220" aria-hidden="true" focusable="false">
          <circle class="track" cx="110" cy="110" r={radius} />
          <circle
            class="left"
            cx="110"
            cy="110"
            r={radius}
            stroke-dasharray={round}
            stroke-dashoffset={round * (1 - Math.max(0, until - now) / periodMs)}
            transform="rotate(-90 110 110)"
          />
        </svg>
        <div class="dial-text">
          <p class="code" ref={heading} tabIndex={-1}>
            {over ? (
              <span aria-hidden="true">––– –––</span>
            ) : (
              <>
                <span aria-hidden="true">{grouped(code)}</span>
                <span class="unseen">{w('codeRead', { digits: code.split('').join(' ') })}</span>
              </>
            )}
          </p>
          <p class="digits soft">{over ? w('codeEnded') : w('codeLeft', { left })}</p>
        </div>
      </div>
      <p class="unseen" role="status">
        {over ? w('codeEnded') : copied === 'yes' ? common('copied') : copied === 'failed' ? common('copyFailed') : ''}
      </p>
      {over ? (
        <Button look="main" wide onClick={onAnother}>
          {w('another')}
        </Button>
      ) : (
        <Button look="main" wide icon={copied === 'yes' ? 'check' : 'copy'} onClick={copy}>
          {common(copied === 'yes' ? 'copied' : copied === 'failed' ? 'copyFailed' : 'copy')}
        </Button>
      )}
      <p class="soft small centred">{w('wrongPinHint')}</p>
    </div>
  );
}
