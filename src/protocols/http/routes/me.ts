// A person's own pages behind a session.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { logout } from '../../../flows/logout.ts';
import { revokeTrust, trustBrowser } from '../../../flows/trust.ts';
import { whoAmI } from '../../../flows/who-am-i.ts';
import { dropCookie } from '../callers/page.ts';
import type { Handlers } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';

export const me: Handlers<
  'getMe' | 'logout' | 'listTrustedDevices' | 'trustBrowser' | 'revokeTrustedDevices' | 'revokeTrustedDevice'
> = {
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
  async listTrustedDevices(ports, { person }) {
    const { id: here, trustId, accountId } = person.session;
    const body: ReplyOf<'listTrustedDevices'> = {
      items: (await ports.trust.list(accountId)).map((one) => ({
        id: one.id,
        name: one.name,
        since: instant(one.createdAt),
        lastUsedAt: instant(one.lastUsedAt),
        expiresAt: instant(one.expiresAt),
        isThis: one.id === trustId || one.sessionId === here,
      })),
      next: null,
    };
    return ok(body);
  },
  async trustBrowser(ports, { page, person, body }) {
    const done = await trustBrowser(ports, page.portal, person, page.browser, body);
    if (done.kind === 'refused') return done;
    return ok({ id: done.id, token: done.token, expiresAt: instant(done.expiresAt) }, 201);
  },
  async revokeTrustedDevices(ports, { page, person }) {
    const done = await revokeTrust(ports, page.portal, person, undefined);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async revokeTrustedDevice(ports, { page, person, params }) {
    const done = await revokeTrust(ports, page.portal, person, params.id);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async logout(ports, { page: { portal }, person }) {
    await logout(ports, portal, person);
    return { ...NO_CONTENT, cookies: [dropCookie('session', portal.tenant.id)] };
  },
};
