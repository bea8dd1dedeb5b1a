// The account has an active authenticator of the type, or of one of them; `unbound` is its opposite; `boundAll` wants each of them.
import type { TypeName } from '../../authenticator/type.ts';
import type { Condition } from '../facts.ts';

export const bound: Condition<TypeName | readonly TypeName[]> = {
  holds: (wanted, facts) =>
    typeof wanted === 'string' ? facts.bound.includes(wanted) : wanted.some((type) => facts.bound.includes(type)),
  found: (facts) => facts.bound.join(' ') || 'none',
};
export const unbound: Condition<TypeName | readonly TypeName[]> = {
  holds: (wanted, facts) => !bound.holds(wanted, facts),
  found: (facts) => bound.found(facts),
};
export const boundAll: Condition<readonly TypeName[]> = {
  holds: (wanted, facts) => wanted.every((type) => facts.bound.includes(type)),
  found: (facts) => bound.found(facts),
};
