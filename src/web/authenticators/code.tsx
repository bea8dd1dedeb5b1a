// A code from the app or from a third-party authenticator, with the ring of its time step (ES-4.3, CM-3.4).

import { useCalls } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/clock.ts';
import { StepHeading } from '../ui/heading.tsx';
import { Ring } from '../ui/ring.tsx';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { CodeForm } from './code-form.tsx';
import type { ScreenProps } from './screen.ts';
import { hintsOf } from './ways.ts';

/** The app's own codes, and WeChat's, last a minute, whatever the tenant's third-party ones do. */
const APP_SECONDS = 60;

export function CodeScreen({ login, way, ways, onVerified, onEnded, onWay }: ScreenProps) {
  const w = useSay(VERIFY);
  const calls = useCalls();
  const isApp = way.type === 'app';
  const isWechat = way.type === 'wechat';
  const only = way.by.length === 1 ? way.by[0] : undefined;
  const scan = ways.find(({ kind }) => kind === 'scan');
  return (
    <>
      <StepHeading>{w('codeTitle')}</StepHeading>
      <p class="soft">
        {isApp
          ? w('codeLeadApp', { account: login.account })
          : w('codeLeadTotp', { account: login.account, where: isWechat ? w('weChat') : hintsOf(way) || w('anApp') })}
      </p>
      <CodeForm
        present={(output) =>
          calls.verify({ type: way.type, output, ...(only === undefined ? {} : { authenticator: only.id }) })
        }
        onDone={onVerified}
        onEnded={onEnded}
        missHint={w(isApp ? 'pinHint' : 'clockHint')}
      >
        <CodeClock seconds={isApp || isWechat ? APP_SECONDS : login.codeSeconds} />
      </CodeForm>
      {scan === undefined ? null : (
        <Button look="link" onClick={() => onWay(scan)}>
          {w('codeToScan')}
        </Button>
      )}
    </>
  );
}

/** All authenticators change codes at the same moments (RFC 6238 §4: steps count from 1970), so the ring agrees with them. */
function CodeClock({ seconds }: { seconds: number }) {
  const w = useSay(VERIFY);
  const c = useSay(COMMON);
  const now = useNow(true, 500);
  const left = seconds - (Math.floor(now / 1000) % seconds);
  return (
    <Ring left={left} of={seconds}>
      {w('codeLasts', { seconds })} · {c('newCodeIn', { left })}
    </Ring>
  );
}
