// The account's app passwords, where the tenant uses them at all.
import { useTenant } from '../../api/tenant.tsx';
import type { AppPasswordsView } from '../../api/views.ts';
import { type Loaded, useLoad } from '../load.tsx';

/** Without a value until they are there, and for good where the tenant has none. */
export function useAppPasswords(): Loaded<AppPasswordsView | undefined> {
  const { appPasswords = true } = useTenant();
  return useLoad(async (calls) => {
    const view = appPasswords ? await calls.appPasswords() : undefined;
    return view?.enabled === true ? view : undefined;
  });
}
