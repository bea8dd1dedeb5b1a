// What may be written of visits and sessions.
import type { TypeName } from '../authenticator/type.ts';
import type { Session, Visit } from './session.ts';

export type SessionWrite =
  | { readonly op: 'insert-visit'; readonly visit: Visit }
  /** Ends an open visit, once: whoever ends it may have what it led to (SCN-03). */
  | { readonly op: 'end-visit'; readonly hash: string }
  /** Assumes that the challenge stands as satisfied: nothing it rested on has ended since (SCN-12). */
  | { readonly op: 'expect-satisfied'; readonly id: string }
  /** Nobody can complete the challenge any more, if it is still open. */
  | { readonly op: 'cancel-challenge'; readonly id: string }
  | { readonly op: 'insert-session'; readonly session: Omit<Session, 'createdAt' | 'seenAt' | 'authAt' | 'proofId'> }
  /** Gives a session in force a new token after a step-up, the step-up as proof, and what it verified to what it had. */
  | {
      readonly op: 'renew-session';
      readonly id: string;
      readonly hash: string;
      readonly proofId: string;
      readonly verified: readonly TypeName[];
    }
  /** A session in force has verified these by now. */
  | { readonly op: 'strengthen-session'; readonly id: string; readonly verified: readonly TypeName[] }
  | { readonly op: 'see-session'; readonly id: string }
  | { readonly op: 'end-session'; readonly hash: string }
  /** Ends every session of the account, but for the session `except`. */
  | { readonly op: 'end-sessions'; readonly accountId: string; readonly except: string };
