// Signing in to the console, and joining it: translates between its pages and the flows.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { MIN_PASSWORD } from '../../../contract/schemas/operators.ts';
import { permissionsOf } from '../../../core/operator/roles.ts';
import type { Service } from '../../../core/operator/store.ts';
import { completeJoin, lookAtLink, startFirstMethod, startJoin } from '../../../flows/operator/join.ts';
import { askPasskey, passkeyAlone, type SignedIn, secondStep, signOut } from '../../../flows/operator/sign-in.ts';
import { enterPortal } from '../../../flows/portal-login.ts';
import { promptOf } from '../../../flows/prompt.ts';
import { dropConsoleCookie, setConsoleCookie } from '../callers/operators.ts';
import type { Handlers, Page } from '../handler.ts';
import { instant, NO_CONTENT, ok, type Reply } from '../replies.ts';
import { answered, ONE_OF } from './answered.ts';
import { bindingBody } from './bindings.ts';

/** The session takes the place of the visit. */
const entered = ({ portal: { portal } }: Page, { token }: Pick<SignedIn, 'token'>): Reply => ({
  ...ok({ status: 'signed-in' }),
  cookies: [setConsoleCookie('session', token, portal.sessionSeconds), dropConsoleCookie('visit')],
});

const servicesBody = (services: readonly Service[]): ReplyOf<'getOperatorMe'>['tenants'] =>
  services.map((s) => ({ id: s.tenantId, name: s.tenantName, roles: [...s.roles] }));

const responseOf = (passkey: unknown): { readonly response: string } => ({
  response: answered(passkey).response ?? '',
});

/** How long the visit of a login lasts, seconds. */
const VISIT_SECONDS = 300;

export const operatorRoutes: Handlers<
  | 'getOperatorMe'
  | 'operatorSignOut'
  | 'operatorLogin'
  | 'operatorLoginTotp'
  | 'operatorLoginPasskeyOptions'
  | 'operatorLoginPasskey'
  | 'operatorPasskeyOptions'
  | 'operatorPasskeyVerify'
  | 'lookAtOperatorLink'
  | 'startJoin'
  | 'startFirstMethod'
  | 'completeJoin'
> = {
  async getOperatorMe(_ports, { caller, from, page, person, services }) {
    const { session, account, now } = person;
    const roles = caller.operator?.roles ?? [];
    // Asking is doing something, unless it says that it only looks.
    const seenAt = from.headers['hufu-look'] === '1' ? session.seenAt : now;
    const idleUntil = Math.min(seenAt + page.portal.portal.sessionIdleSeconds * 1000, session.expiresAt);
    const body: ReplyOf<'getOperatorMe'> = {
      operator: {
        id: account.id,
        login: account.account,
        name: account.name ?? account.account,
        locale: account.locale,
      },
      tenant: caller.tenantId === '' ? null : caller.tenantId,
      tenants: servicesBody(services),
      permissions: [...permissionsOf(roles)],
      idleAfterSeconds: page.portal.portal.sessionIdleSeconds,
      idleSeconds: Math.max(0, Math.floor((idleUntil - now) / 1000)),
      expiresAt: instant(session.expiresAt),
    };
    return ok(body);
  },
  async operatorSignOut(ports, { page, person, services }) {
    await signOut(ports, page.portal, person, services);
    return { ...NO_CONTENT, cookies: [dropConsoleCookie('session')] };
  },
  async operatorLogin(ports, { page, body }) {
    const done = await enterPortal(ports, page.portal, { account: body.login, password: body.password }, page.browser);
    if (done.kind === 'refused') return done;
    const types = new Set(done.login.offered.map(({ type }) => type));
    const methods = (['totp', 'passkey'] as const).filter((type) => types.has(type));
    return {
      ...ok({ status: 'second-factor', methods }),
      cookies: [setConsoleCookie('visit', done.token, VISIT_SECONDS)],
    };
  },
  async operatorLoginTotp(ports, { page, visit, body }) {
    const done = await secondStep(ports, page.portal, visit, page.browser, { output: body.code });
    return done.kind === 'refused' ? done : entered(page, done);
  },
  async operatorLoginPasskeyOptions(ports, { caller, visit }) {
    const prompt = await promptOf(ports, caller, visit.challengeId, 'passkey');
    return prompt.kind === 'refused' ? prompt : ok({ passkey: prompt.shown as Record<string, unknown> });
  },
  async operatorLoginPasskey(ports, { page, visit, body }) {
    const done = await secondStep(ports, page.portal, visit, page.browser, responseOf(body.passkey));
    return done.kind === 'refused' ? done : entered(page, done);
  },
  async operatorPasskeyOptions(ports, { page, body }) {
    const prompt = await askPasskey(ports, page.portal, body.login, page.browser);
    return { ...ok({ passkey: prompt.options }), cookies: [setConsoleCookie('visit', prompt.token, VISIT_SECONDS)] };
  },
  async operatorPasskeyVerify(ports, { page, visit, body }) {
    const { response } = responseOf(body.passkey);
    const done = await passkeyAlone(ports, page.portal, visit, page.browser, response);
    return done.kind === 'refused' ? done : entered(page, done);
  },
  async lookAtOperatorLink(ports, { body }) {
    const found = await lookAtLink(ports, body.token);
    if (found.kind === 'refused') return found;
    const { login, name, expiresAt } = found.link;
    const told: ReplyOf<'lookAtOperatorLink'> = {
      login,
      name,
      tenants: servicesBody(found.services),
      minPassword: MIN_PASSWORD,
      expiresAt: instant(expiresAt),
    };
    return ok(told);
  },
  async startJoin(ports, { page, body }) {
    const done = await startJoin(ports, page.portal, body, page.browser);
    if (done.kind === 'refused') return done;
    return {
      ...ok({ status: 'bind', methods: body.password === undefined ? ['passkey'] : ['totp', 'passkey'] }),
      cookies: [setConsoleCookie('visit', done.token, done.seconds)],
    };
  },
  async startFirstMethod(ports, { page, visit, asked, body }) {
    const started = await startFirstMethod(ports, page.portal, visit, body.type);
    return started.kind === 'refused' ? started : ok(await bindingBody(ports, started, asked), 201);
  },
  async completeJoin(ports, { page, visit, params, body }) {
    const { token, output, passkey } = body;
    if ((passkey === undefined) === (output === undefined)) return ONE_OF;
    const done = await completeJoin(ports, page.portal, visit, page.browser, {
      token,
      binding: params.binding,
      ...(output === undefined ? responseOf(passkey) : { output }),
    });
    return done.kind === 'refused' ? done : entered(page, done);
  },
};
