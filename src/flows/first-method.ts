// What was begun while the password alone was enough ends with the first method of one's own: whoever has only the password adds nothing beside it, not even
// in the same moment (ENR-09). Whichever of the two is written first, the other sees it: what is begun assumes that no method stands yet, and the method
// takes with it whatever was begun by then, as the database has it and not as it was read.
import type { Write } from '../core/commit.ts';
import type { Enrolment } from '../core/enrolment/enrolment.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { hasOwnMethod } from './end-app-passwords.ts';

/** The writes that go with whatever is begun on the word of somebody logged in: where nothing is bound, that nothing is bound by then. */
export const begunAssumes = (snapshot: AccountSnapshot): readonly Write[] =>
  hasOwnMethod(snapshot) ? [] : [{ op: 'expect-no-own-method', accountId: snapshot.account.id }];

/**
 * The writes that go with a method that completes, after the one that completes it: where it is the first, bindings begun, recovery codes from before it, and
 * registrations that somebody logged in asked for end; one that was sent to the owner stays.
 */
export const endBegun = (snapshot: AccountSnapshot, { pin }: Pick<Enrolment, 'pin'>): readonly Write[] => {
  const accountId = snapshot.account.id;
  if (hasOwnMethod(snapshot)) return [];
  return [
    ...endBegunBut(snapshot),
    { op: 'void-tickets', accountId, onLogin: true },
    { op: 'revoke-unbegun-phones', accountId, issue: pin?.issue ?? 0, onLogin: true },
    { op: 'drop-revoked-keys', accountId },
  ];
};

/** The same for a phone of a registration, which others may join with still. */
export const endBegunBut = (snapshot: AccountSnapshot): readonly Write[] =>
  hasOwnMethod(snapshot)
    ? []
    : [
        { op: 'void-begun', accountId: snapshot.account.id },
        { op: 'drop-type', accountId: snapshot.account.id, type: 'recovery-code' },
      ];
