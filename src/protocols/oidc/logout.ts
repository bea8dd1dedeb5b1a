// Logging out from a relying party's side (OpenID Connect RP-Initiated Logout 1.0). Any site can link here, so nothing ends without the person's own
// yes (OIDC-09, WEB-08): whoever the portal knows is asked, also where the library has no session of its own and would end things unasked.
import type { KoaContextWithOIDC } from 'oidc-provider';
import { askLogout, errorPage } from './pages.ts';
import type { OidcPorts } from './ports.ts';

/** What the library remembers of the request while it asks. */
interface Asked {
  readonly secret: string;
  readonly postLogoutRedirectUri?: string;
  readonly state?: string;
}

/** Stands round the library's own logout: who is asked before it, and what ends with a yes. */
export const loggingOut =
  (ports: OidcPorts, tenantId: string) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    await next();
    const oidc = ctx.oidc as KoaContextWithOIDC['oidc'] | undefined;
    if (oidc?.route === 'end_session' && ctx.status === 200 && oidc.session?.accountId === undefined) {
      // Without a session of its own the library sends a page that agrees by itself. Not here.
      const asked = oidc.session?.state as unknown as Asked;
      if ((await ports.loggedIn(tenantId, ctx.get('cookie'))) === undefined) leave(ctx, asked);
      else askLogout(ctx, formOf(oidc.urlFor('end_session_confirm'), asked.secret));
    }
    // Who says yes is out of the portal too: it was one login. A no ends only what the relying party had.
    if (oidc?.route !== 'end_session_confirm' || ctx.status !== 303 || oidc.params?.['logout'] === undefined) return;
    try {
      await ports.logout(tenantId, ctx.get('cookie'));
    } catch (error) {
      // Nobody is told that they are out while they are not.
      ports.onFault(error, 'oidc');
      ctx.remove('location');
      ctx.status = 503;
      await errorPage(ctx, { error: 'temporarily_unavailable' }, error as Error);
    }
  };

/** Nobody is logged in: on to where the relying party wants them, which the library held against its registration. */
function leave(ctx: KoaContextWithOIDC, { postLogoutRedirectUri, state }: Asked): void {
  const to = new URL(postLogoutRedirectUri ?? ctx.oidc.urlFor('end_session_success'));
  if (postLogoutRedirectUri !== undefined && state !== undefined) to.searchParams.set('state', state);
  ctx.status = 303;
  ctx.redirect(to.href);
}

/** The form the library's confirmation reads; `secret` is its token against forgery. */
const formOf = (action: string, secret: string): string =>
  `<form id="op.logoutForm" method="post" action="${action}"><input type="hidden" name="xsrf" value="${secret}"></form>`;
