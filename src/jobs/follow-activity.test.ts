import { describe, expect, it } from 'vitest';
import { followActivity } from './follow-activity.ts';

/** A log of `batches` full batches; counts how often it was asked. */
const log = (batches: number) => {
  const asked = { times: 0 };
  return { asked, follow: async () => (asked.times++ < batches ? 250 : 0) };
};

describe('following the log', () => {
  it('NF-3 takes everything that is on record when nobody can stop it', async () => {
    const { asked, follow } = log(5);
    await followActivity({ follow });
    expect(asked.times).toBe(6);
  });

  it('NF-3 beside requests it ends when the house closes, however much is left', async () => {
    const { asked, follow } = log(1000);
    await followActivity({ follow }, () => asked.times >= 3);
    expect(asked.times).toBe(3);
  });
});
