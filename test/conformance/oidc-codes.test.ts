// One code redeemed by two at the same instant, on every store: one of them is the first, and what it gives ends with the second (RFC 6749 §4.1.2).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapterOf } from '../../src/protocols/oidc/adapter.ts';
import { oidcStore } from '../../src/storage/oidc.ts';
import { anId, STORES, type StoreUnderTest } from './stores.ts';

const ROUNDS = 30;

describe.each(STORES)('$name', ({ open }) => {
  let store: StoreUnderTest;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const nodes = () => store.nodes.map(({ house }) => adapterOf(oidcStore(house.db, house.keys), 't1'));

  it('OIDC-04 a code redeemed at once on both nodes is taken once, and the token of the one that had it is dead, whichever was quicker', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [code, grantId, token] = [anId('cod'), anId('grt'), anId('tok')];
      const [first] = nodes();
      await first?.('Grant').upsert(grantId, { jti: grantId, accountId: 'acc_1' }, 600);
      await first?.('AuthorizationCode').upsert(code, { jti: code, grantId, accountId: 'acc_1' }, 60);
      const redeem = async (node: ReturnType<typeof adapterOf>): Promise<boolean> => {
        try {
          await node('AuthorizationCode').consume(code);
        } catch {
          return false;
        }
        await node('AccessToken').upsert(token, { jti: token, grantId, accountId: 'acc_1' }, 600);
        return true;
      };
      const taken = await Promise.all([...nodes(), ...nodes()].map(redeem));
      expect(taken.filter(Boolean)).toHaveLength(1);
      for (const node of nodes()) {
        expect(await node('AccessToken').find(token)).toBeUndefined();
        expect(await node('Grant').find(grantId)).toBeUndefined();
      }
    }
  });

  it('OIDC-04 used once, it gives a token that lives; a grant that is over gives none', async () => {
    const [node, other] = nodes();
    const [code, grantId] = [anId('cod'), anId('grt')];
    await node?.('Grant').upsert(grantId, { jti: grantId, accountId: 'acc_1' }, 600);
    await node?.('AuthorizationCode').upsert(code, { jti: code, grantId, accountId: 'acc_1' }, 60);
    await node?.('AuthorizationCode').consume(code);
    const [early, late] = [anId('tok'), anId('tok')];
    await node?.('AccessToken').upsert(early, { jti: early, grantId, accountId: 'acc_1' }, 600);
    expect(await other?.('AccessToken').find(early)).toMatchObject({ jti: early });
    await other?.('Grant').destroy(grantId);
    expect(await node?.('AccessToken').find(early)).toBeUndefined();
    await node?.('AccessToken').upsert(late, { jti: late, grantId, accountId: 'acc_1' }, 600);
    expect(await node?.('AccessToken').find(late)).toBeUndefined();
  });
});
