// Who is signed in, for which tenant, and what they may do there. Pages hide by it; the server decides.
import { createContext, useContext } from 'react';

export interface Me {
  readonly operator: {
    readonly id: string;
    readonly login: string;
    readonly name: string;
  };
  readonly tenant: string;
  readonly tenants: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
  readonly permissions: readonly string[];
  /** Seconds without a call until the session ends. */
  readonly idleSeconds: number;
  /** The same after a call that is made now. */
  readonly idleAfterSeconds: number;
  readonly expiresAt: string;
}

const Context = createContext<Me | null>(null);
export const MeProvider = Context.Provider;

export function useMe(): Me {
  const me = useContext(Context);
  if (me === null) throw new Error('nobody is signed in');
  return me;
}

/** Whether the one signed in may: `const can = useCan(); can('customers:act')`. */
export function useCan(): (permission: string) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
