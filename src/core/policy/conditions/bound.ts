// The account has an active authenticator of the type; `unbound` is its opposite.
import type { TypeName } from '../../authenticator/type.ts';
import type { Condition } from '../facts.ts';

export const bound: Condition<TypeName> = {
  holds: (wanted, facts) => facts.bound.includes(wanted),
  found: (facts) => facts.bound.join(' ') || 'none',
};
export const unbound: Condition<TypeName> = {
  holds: (wanted, facts) => !facts.bound.includes(wanted),
  found: (facts) => bound.found(facts),
};
