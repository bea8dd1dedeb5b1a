// REB-04 against whoever knows how taking back works: what was never the owner's is not told to be restored, and an old code overrides nobody.
import { describe, expect, it } from 'vitest';
import { aHouse, type TestHouse } from '../kit.ts';
import { MAIN_PASSWORD } from '../mail-kit.ts';
import { aBrowser, type Browser, bindInPortal } from '../portal-kit.ts';
import { enter, methods, newest, object, stepUp, swap, WEI } from '../swap-kit.ts';

const bindMail = async (h: TestHouse, b: Browser, address: string): Promise<string> => {
  const started = await b.call('POST', '/v1/me/bindings', { type: 'email', address });
  const mail = (await h.outbox()).find((m) => m.to === address && /\d{3} \d{3}/.test(m.text));
  const output = /\d{3} \d{3}/.exec(mail?.text ?? '')?.[0] ?? '';
  const done = await b.call('POST', `/v1/me/bindings/${started.body.id}/confirm`, { output });
  if (done.status !== 200) throw new Error(JSON.stringify(done.body));
  return started.body.id as string;
};

describe('a thief with the password of an account without methods', () => {
  it.each(['another app', 'a mailbox'])(
    'CM-4.2 REB-04 binds twice, the second %s: by the newest code nobody gets in until an operator has looked',
    async (second) => {
      await using h = await aHouse({ preset: 'mail' });
      await h.account(WEI, { password: MAIN_PASSWORD, email: 'wei@home.example' });
      const thief = aBrowser(h);
      await thief.login(WEI, MAIN_PASSWORD);
      const b = await bindInPortal(h, thief);
      if (second === 'another app') await swap(h, thief, b);
      else {
        await stepUp(h, thief, 'change', b.uri);
        await bindMail(h, thief, 'thief@elsewhere.example');
      }
      expect((await object(h, await newest(h))).body).toMatchObject({ outcome: 'suspended' });
      expect(await methods(h)).toEqual([b.id]);
      await expect(enter(h, b.uri)).rejects.toThrow(/signed-out/);
      expect((await h.call('GET', `/v1/accounts/${WEI}`)).body.status).toBe('suspended');
    },
  );
});
