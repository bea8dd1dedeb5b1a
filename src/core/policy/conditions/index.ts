// The registry of policy conditions: one line each.

import type { Condition } from '../facts.ts';
import type { Conditions } from '../policy.ts';
import { binds } from './binds.ts';
import { bound, boundAll, unbound } from './bound.ts';
import { client } from './client.ts';
import { cohort } from './cohort.ts';
import { kind } from './kind.ts';
import { phase } from './phase.ts';
import { purpose } from './purpose.ts';

export const CONDITIONS: { readonly [K in keyof Conditions]-?: Condition<NonNullable<Conditions[K]>> } = {
  phase,
  bound,
  boundAll,
  unbound,
  client,
  kind,
  binds,
  cohort,
  purpose,
};
