// The client is one on which the type may be bound (ET-1.2: the phone app is not).
import type { TypeName } from '../../authenticator/type.ts';
import type { Condition } from '../facts.ts';

export const binds: Condition<TypeName> = {
  holds: (wanted, facts) => facts.client.binds.includes(wanted),
  found: (facts) => facts.client.binds.join(' ') || 'none',
};
