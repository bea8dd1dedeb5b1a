// Whether a second step protects the account: any method that is bound, beside recovery codes, which only stand in.
import type { MethodRow } from '../../api/views.ts';
import { useLoad } from '../load.tsx';

/** The methods that are bound, recovery codes left out. */
export const boundOf = (rows: readonly MethodRow[]): readonly MethodRow[] =>
  rows.filter(({ state, type }) => state === 'bound' && type !== 'recovery-code');

/** Undefined until it is known. */
export function useIsOn(): boolean | undefined {
  const { value } = useLoad((calls) => calls.methods());
  return value === undefined ? undefined : boundOf(value.items).length > 0;
}
