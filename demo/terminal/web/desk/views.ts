// What the desk's back end tells the desk's page. Types only, so that server and page both may read it.
import type { Account, ClientDevice } from '../../../../sdk/src/types.ts';

/** One account as a dealer sees it. */
export interface DeskAccount {
  readonly account: Account;
  readonly devices: readonly ClientDevice[];
}
/** What an act changed: ids of the authenticators that were removed or unlocked. */
export interface DeskActed {
  readonly changed: readonly string[];
}
