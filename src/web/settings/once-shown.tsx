// What is shown once must not go by a slip: closing asks first, and so do Back, another address and leaving the site (ux: "leave-guard").
import type { VNode } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { useSay } from '../words/say.ts';
import { Confirm } from './confirm.tsx';
import { holdPage } from './route.ts';
import { SECURITY } from './words/security.ts';

interface OnceShown {
  /** For the dialog's `onClose`: asks while it is shown. The button that says "saved" closes without. */
  readonly close: () => void;
  /** Stands beside the dialog. */
  readonly question: VNode | null;
}

/** `isShown`: the secret is on the page now. */
export function useOnceShown(isShown: boolean, onClose: () => void): OnceShown {
  const s = useSay(SECURITY);
  const [asks, setAsks] = useState(false);
  // Let go with the dialog itself, not a moment after it.
  useLayoutEffect(() => (isShown ? holdPage(() => setAsks(true)) : undefined), [isShown]);
  return {
    close: isShown ? () => setAsks(true) : onClose,
    question: asks ? (
      <Confirm
        title={s('onceTitle')}
        action={s('onceClose')}
        keep={s('onceKeep')}
        look="main"
        onClose={() => setAsks(false)}
        work={async () => {
          onClose();
          return true;
        }}
      >
        <p>{s('onceText')}</p>
      </Confirm>
    ) : null,
  };
}
