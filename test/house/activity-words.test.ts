import { describe, expect, it } from 'vitest';
import { AUDIT_EVENTS } from '../../src/core/audit/events.ts';
import { ALONG, RARE } from '../../src/storage/history.ts';
import { EVENTS } from '../../src/web/settings/words/security.ts';

/** What is written of no account: a tenant's, an operator's, the house's. */
const NOBODYS = /^(bulk|policy|rollout|cutover|cohort|key|operator|audit|channel|keys|signing-key|store)[.]/;
const left = new Set([...`${RARE} ${ALONG}`.matchAll(/event <> '([^']+)'/g)].map(([, event]) => event));
const ofAccounts = Object.keys(AUDIT_EVENTS).filter(
  (event) => event === 'operator.acted' || (!NOBODYS.test(event) && !left.has(event)),
);
const CHALLENGES = ['login', 'challenge'].flatMap((what) =>
  ['satisfied', 'refused', 'expired', 'started'].map((came) => `${what}.${came}`),
);

describe('CM-1.4 what the recent activity says', () => {
  it.each([...new Set([...CHALLENGES, 'login.allowed', ...ofAccounts])])('CM-1.4 has words for %s', (event) => {
    expect(Object.hasOwn(EVENTS, event)).toBe(true);
  });

  it('CM-1.4 has words for nothing that never happens', () => {
    const happens = new Set([...CHALLENGES, 'login.allowed', ...ofAccounts]);
    expect(Object.keys(EVENTS).filter((event) => !happens.has(event))).toEqual([]);
  });
});
