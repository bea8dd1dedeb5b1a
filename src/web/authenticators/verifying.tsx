// A second step from the choice of a way to its end: the same at login and at a step-up.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { useStepFocus } from '../ui/page.ts';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { Choose } from './choose.tsx';
import { CodeScreen } from './code.tsx';
import { Help } from './help.tsx';
import { PasskeyScreen } from './passkey.tsx';
import { PushScreen } from './push.tsx';
import { RecoveryScreen } from './recovery.tsx';
import { ScanScreen } from './scan.tsx';
import type { ScreenProps } from './screen.ts';
import { SendScreen } from './send.tsx';
import { firstWay, type Way, type WayKind, waysOf } from './ways.ts';

interface Props extends Pick<ScreenProps, 'login' | 'onVerified' | 'onEnded'> {
  /** Where a browser remembers the way used last. */
  memory: string;
  onCancel: () => void;
}

const SCREENS: Readonly<Record<Exclude<WayKind, 'send' | 'passkey'>, (props: ScreenProps) => preact.JSX.Element>> = {
  scan: ScanScreen,
  push: PushScreen,
  code: CodeScreen,
  recovery: RecoveryScreen,
};

export function Verifying({ login, memory, onVerified, onEnded, onCancel }: Props) {
  const w = useSay(VERIFY);
  const c = useSay(COMMON);
  const [last] = useState(() => recall(memory));
  const ways = waysOf(login);
  const [at, setAt] = useState<{ way: Way | null; chosen: boolean }>(() => ({
    way: firstWay(ways, last),
    chosen: false,
  }));
  useStepFocus(at.way?.key ?? 'choose', true);
  const { way } = at;
  const onWay = (chosen: Way): void => setAt({ way: chosen, chosen: true });
  const screen = {
    login,
    ways,
    onWay,
    onEnded,
    onVerified: ((verified) => {
      if (way !== null && way.kind !== 'recovery') keep(memory, way.key);
      onVerified(verified);
    }) satisfies ScreenProps['onVerified'],
  };
  return (
    <div class="stack" data-way={way?.kind ?? 'choose'}>
      {way === null ? (
        <Choose login={login} ways={ways} last={last} onWay={onWay} />
      ) : (
        <Screen key={way.key} {...screen} way={way} chosen={at.chosen} />
      )}
      <div class="ways">
        {way !== null && ways.length > 1 ? (
          <Button look="link" onClick={() => setAt({ way: null, chosen: true })}>
            {w('otherWay')}
          </Button>
        ) : null}
        <Button look="link" onClick={onCancel}>
          {c('cancel')}
        </Button>
      </div>
      <Help login={login} way={way} ways={ways} onWay={onWay} />
      <p class="never">{c('neverAsk')}</p>
    </div>
  );
}

function Screen({ chosen, ...props }: ScreenProps & { chosen: boolean }) {
  if (props.way.kind === 'send') return <SendScreen {...props} chosen={chosen} />;
  if (props.way.kind === 'passkey') return <PasskeyScreen {...props} chosen={chosen} />;
  const One = SCREENS[props.way.kind];
  return <One {...props} />;
}

function recall(memory: string): string | null {
  try {
    return localStorage.getItem(memory);
  } catch {
    return null;
  }
}
function keep(memory: string, way: string): void {
  try {
    localStorage.setItem(memory, way);
  } catch {
    // Storage is switched off: next time people choose.
  }
}
