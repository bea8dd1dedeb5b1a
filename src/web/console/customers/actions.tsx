// What an operator may do to a customer stands here, at the head of the page.
import type { Customer } from './types.ts';

export interface ActionsProps {
  readonly customer: Customer;
}

export function Actions(_: ActionsProps) {
  return null;
}
