// An offer to put the app on the home screen, while it is open in a plain browser.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { isAppleTouch } from '../actions/register.ts';
import { APP } from '../words/app.ts';

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

let offered: InstallEvent | null = null;
const waiting = new Set<() => void>();
// The browser asks once, maybe before any screen is there.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offered = event as InstallEvent;
  for (const one of waiting) one();
});

/** Opened from the home screen. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

export function Install() {
  const w = useSay(APP);
  const [, again] = useState(0);
  useEffect(() => {
    const came = (): void => again((count) => count + 1);
    waiting.add(came);
    return () => void waiting.delete(came);
  }, []);
  // Its browser keeps nothing for long, and knows no fingerprint.
  if (/MicroMessenger/.test(navigator.userAgent))
    return (
      <Notice tone="warn" title={w('inWeChat')}>
        {w('inWeChatText')}
      </Notice>
    );
  if (isInstalled() || (offered === null && !isAppleTouch())) return null;
  return (
    <Notice title={w('install')}>
      <p>{w(offered === null ? 'installApple' : 'installText')}</p>
      {offered === null ? null : (
        <Button
          look="link"
          icon="download"
          onClick={() => {
            void offered?.prompt();
            offered = null;
            again((count) => count + 1);
          }}
        >
          {w('installDo')}
        </Button>
      )}
    </Notice>
  );
}
