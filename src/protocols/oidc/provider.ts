// One OpenID provider per tenant (OpenID Connect Core 1.0, RFC 9700): authorization code with PKCE only, exact redirect URIs, short codes,
// no refresh tokens, ES256. Its login is the portal's; `acr` and `amr` say what really happened there.
import { createHmac } from 'node:crypto';
import { type Configuration, interactionPolicy, Provider } from 'oidc-provider';
import { ACR_LADDER, satisfiesAcr, wantedAcr } from '../../core/assurance.ts';
import { adapterOf } from './adapter.ts';
import { loggingOut } from './logout.ts';
import { afterLogout, askLogout, errorPage } from './pages.ts';
import type { OidcPorts } from './ports.ts';

const { base, Check } = interactionPolicy;

/** Where a tenant's provider lives. */
export const issuerOf = (baseUrl: string, tenantId: string): string => `${baseUrl.replace(/\/$/, '')}/oidc/${tenantId}`;

/** Builds the provider of a tenant. Its keys are those of now: build it anew when they change. */
export async function providerOf(ports: OidcPorts, tenantId: string): Promise<Provider> {
  const keys = await ports.keys(tenantId);
  const issuer = issuerOf(ports.baseUrl, tenantId);
  const secure = issuer.startsWith('https:');
  const policy = base();
  // `acr_values` is a wish (OpenID Core §3.1.2.1): we ask once for the stronger login, and say truly how strong it became.
  policy.get('login')?.checks.add(
    new Check('step_up', 'a stronger login is asked for', 'login_required', (ctx) => {
      const wanted = wantedAcr(ctx.oidc.params?.['acr_values']);
      const isFresh = ctx.oidc.result?.login !== undefined;
      return isFresh || satisfiesAcr(ctx.oidc.session?.acr ?? '', wanted)
        ? Check.NO_NEED_TO_PROMPT
        : Check.REQUEST_PROMPT;
    }),
  );
  // The provider remembers who logged in, but the portal decides whether they still are: a session ended there is over here at once.
  policy.get('login')?.checks.add(
    new Check('portal_session', 'End-User authentication is required', 'login_required', async (ctx) => {
      const held = ctx.oidc.session?.accountId;
      if (held === undefined) return Check.NO_NEED_TO_PROMPT;
      const session = await ports.loggedIn(tenantId, ctx.get('cookie'));
      return session?.accountId === held ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
    }),
  );
  // Relying parties are the tenant's own: the person is not asked to agree to what the tenant decided.
  policy.remove('consent');

  const configuration: Configuration = {
    adapter: adapterOf(ports.records, tenantId),
    jwks: { keys: keys as never },
    acrValues: [...ACR_LADDER],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      profile: ['name', 'preferred_username', 'locale'],
      email: ['email'],
      phone: ['phone_number'],
    },
    conformIdTokenClaims: false,
    clientDefaults: {
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    },
    responseTypes: ['code'],
    // Nobody stays logged in beyond the portal's session, so nothing is given that would outlive it.
    scopes: ['openid', 'profile', 'email', 'phone'],
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: askLogout,
        postLogoutSuccessSource: async (ctx) =>
          afterLogout(ctx, (await ports.loggedIn(tenantId, ctx.get('cookie'))) !== undefined),
      },
      // Whoever can keep a secret may ask about any token of the tenant, as resource servers do; each revokes its own alone.
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      introspection: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) =>
          client.clientAuthMethod !== 'none' || token.clientId === client.clientId,
      },
      userinfo: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: { enabled: false },
    },
    cookies: {
      names: { session: `hufu_oidc_${tenantId}`, interaction: 'hufu_oidc_login', resume: 'hufu_oidc_resume' },
      long: { signed: true, httpOnly: true, sameSite: 'lax', secure, path: `/oidc/${tenantId}` },
      short: { signed: true, httpOnly: true, sameSite: 'lax', secure },
      keys: keys.map((key) =>
        createHmac('sha256', String(key['d'])).update('hufu/oidc-cookies/v1').digest('base64url'),
      ),
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 1800,
      Session: 12 * 3600,
      Grant: 14 * 24 * 3600,
    },
    expiresWithSession: () => true,
    interactions: { policy, url: (_ctx, interaction) => `/oidc/${tenantId}/interaction/${interaction.uid}` },
    async findAccount(_ctx, sub) {
      const profile = await ports.profile(tenantId, sub);
      if (profile === undefined) return undefined;
      return {
        accountId: sub,
        claims: async () => ({
          sub,
          preferred_username: profile.account,
          locale: profile.locale,
          ...(profile.name === null ? {} : { name: profile.name }),
          ...(profile.email === null ? {} : { email: profile.email }),
          ...(profile.phone === null ? {} : { phone_number: profile.phone }),
        }),
      };
    },
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const known = ctx.oidc.result?.consent?.grantId ?? session.grantIdFor(client.clientId);
      const found = known === undefined ? undefined : await provider.Grant.find(known);
      const grant = found ?? new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email phone');
      grant.addOIDCClaims(['acr', 'amr', 'auth_time']);
      await grant.save();
      return grant;
    },
    renderError: errorPage,
    // Only addresses that an operator registered are ever fetched, and those of a company often lie on private networks.
    fetch: (url, { method = 'GET', headers, body } = {}) =>
      fetch(url, {
        method,
        ...(headers === undefined ? {} : { headers: headers as Headers }),
        ...(typeof body === 'string' || body instanceof URLSearchParams ? { body } : {}),
        redirect: 'error',
        signal: AbortSignal.timeout(5000),
      }),
  };
  const provider = new Provider(issuer, configuration);
  // The address people see is the configured one, whatever stands between them and us; the door sets these headers itself.
  provider.proxy = true;
  provider.use(loggingOut(ports, tenantId));
  provider.on('server_error', (_ctx, error) => ports.onFault(error, 'oidc'));
  provider.on('backchannel.error', (_ctx, error) => ports.onFault(error, 'oidc'));
  return provider;
}
