// The account's app passwords, where the tenant uses them at all.
import { useEffect, useState } from 'preact/hooks';
import { useCalls, useTenant } from '../../api/tenant.tsx';
import type { AppPasswordsView } from '../../api/views.ts';

/** Undefined until they are there, and for good where the tenant has none. */
export function useAppPasswords(): AppPasswordsView | undefined {
  const calls = useCalls();
  const { appPasswords = true } = useTenant();
  const [found, set] = useState<AppPasswordsView>();
  useEffect(() => {
    if (!appPasswords) return;
    calls.appPasswords().then(
      (view) => set(view.enabled ? view : undefined),
      () => set(undefined),
    );
  }, [calls, appPasswords]);
  return found;
}
