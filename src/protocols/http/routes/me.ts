// A person's own pages behind a session.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { logout } from '../../../flows/logout.ts';
import { whoAmI } from '../../../flows/who-am-i.ts';
import { dropCookie } from '../callers/page.ts';
import type { Handlers } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';

export const me: Handlers<'getMe' | 'logout'> = {
  async getMe(ports, { page: { portal }, person }) {
    const view = await whoAmI(ports, portal, person);
    if (view.kind === 'refused') return view;
    const body: ReplyOf<'getMe'> = {
      account: view.account,
      ...(view.name === null ? {} : { name: view.name }),
      tenant: portal.tenant.id,
      locale: person.account.locale,
      session: {
        amr: [...view.amr],
        acr: view.acr,
        at: instant(view.at),
        expiresAt: instant(view.expiresAt),
        trusted: view.trusted,
      },
      phase: view.phase,
      bound: [...view.bound],
    };
    return ok(body);
  },
  async logout(ports, { page: { portal }, person }) {
    await logout(ports, portal, person);
    return { ...NO_CONTENT, cookies: [dropCookie('session', portal.tenant.id)] };
  },
};
