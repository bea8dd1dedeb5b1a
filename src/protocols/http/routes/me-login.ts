// Hosted login: translates between a page with cookies and the flows that API keys use.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { Refusal } from '../../../core/outcome.ts';
import { startLoginBinding } from '../../../flows/bind.ts';
import { cancelLogin } from '../../../flows/cancel-login.ts';
import { confirmLoginBinding } from '../../../flows/confirm-binding.ts';
import { finishLogin } from '../../../flows/finish-login.ts';
import { getLogin } from '../../../flows/get-login.ts';
import { type Entered, enterPortal, visitEnds } from '../../../flows/portal-login.ts';
import { promptOf } from '../../../flows/prompt.ts';
import { sendCode } from '../../../flows/send-code.ts';
import { verify } from '../../../flows/verify.ts';
import { dropCookie, setCookie } from '../callers/page.ts';
import { eventStream } from '../events.ts';
import type { Call, Handlers, HttpPorts, Page } from '../handler.ts';
import { instant, loginBody, NO_CONTENT, ok, type Reply, TOO_MANY_WAITING } from '../replies.ts';
import { answered, ONE_OF } from './answered.ts';
import { bindingBody, confirmedBody } from './bindings.ts';

/** The cookies of a login that just ended: a session in place of the visit. */
const entered = ({ portal: { tenant, portal } }: Page, token: string): readonly string[] => [
  setCookie('session', tenant.id, token, portal.sessionSeconds),
  dropCookie('visit', tenant.id),
];

const trustedBody = (trusted: Entered['trusted']): Pick<ReplyOf<'startPortalLogin'>, 'trusted'> =>
  trusted === null ? {} : { trusted: { ...trusted, expiresAt: instant(trusted.expiresAt) } };

const verified = (page: Page, purpose: string): ReplyOf<'verifyPortalLogin'> => ({
  status: 'satisfied',
  ...(page.portal.policy.trust.enabled && purpose === 'login' ? { mayTrust: true } : {}),
});

async function openLogin(
  ports: HttpPorts,
  { caller, asked, visit }: Pick<Call<'getPortalLogin'>, 'caller' | 'asked' | 'visit'>,
): Promise<{ readonly body: ReplyOf<'getPortalLogin'>; readonly isOpen: boolean; readonly mark: string } | Refusal> {
  const login = await getLogin(ports, caller, visit.challengeId);
  if (login.kind === 'refused') return login;
  const isOpen = login.challenge.status === 'pending' && login.status !== 'expired';
  return { body: loginBody(login, asked, false), isOpen, mark: login.mark };
}

export const meLogin: Handlers<
  | 'getPortalTenant'
  | 'getCaptcha'
  | 'getLoginNonce'
  | 'startPortalLogin'
  | 'getPortalLogin'
  | 'watchPortalLogin'
  | 'verifyPortalLogin'
  | 'promptPasskey'
  | 'sendPortalCode'
  | 'finishPortalLogin'
  | 'startPortalLoginBinding'
  | 'confirmPortalLoginBinding'
  | 'cancelPortalLogin'
> = {
  async getPortalTenant(_ports, { page: { portal }, asked }) {
    const { tenant, policy, portal: p } = portal;
    const locale = asked ?? policy.locale;
    const pattern = p.accountPattern;
    const body: ReplyOf<'getPortalTenant'> = {
      id: tenant.id,
      name: tenant.name,
      locale: policy.locale,
      ...(p.logo === undefined ? {} : { logo: p.logo }),
      ...(p.colours === undefined ? {} : { colours: { ...p.colours } }),
      contact: policy.contact[locale],
      account: {
        ...(p.accountLabel === undefined ? {} : { label: p.accountLabel[locale] }),
        ...(pattern === undefined ? {} : { pattern }),
        inputMode: inputMode(pattern),
      },
      captcha: p.captcha === 'always',
      methods: [...(policy.clients[p.client]?.binds ?? [])],
      ...(policy.trust.enabled ? { trustDays: policy.trust.days } : {}),
      ...(p.forgotPassword === undefined ? {} : { forgotPassword: p.forgotPassword }),
    };
    return ok(body);
  },
  async getCaptcha(ports, { page: { portal } }) {
    return ok(await ports.captcha.challenge(portal.tenant.id, await ports.store.now()));
  },
  async getLoginNonce(ports, { page: { portal } }) {
    return ok({ nonce: ports.nonces.make(portal.tenant.id, await ports.store.now()) });
  },
  async startPortalLogin(ports, { page, asked, body }) {
    const done = await enterPortal(ports, page.portal, body, page.browser);
    if (done.kind === 'refused') return done;
    const { tenant } = page.portal;
    const { challenge } = done.login;
    const seconds = Math.ceil((challenge.expiresAt - challenge.createdAt) / 1000);
    return {
      ...ok({ ...loginBody(done.login, asked, false), ...trustedBody(done.trusted) }, 201),
      cookies:
        done.holds === 'session' ? entered(page, done.token) : [setCookie('visit', tenant.id, done.token, seconds)],
    };
  },
  async getPortalLogin(ports, call) {
    const first = await openLogin(ports, call);
    const { wait = 0 } = call.query;
    if ('kind' in first) return first;
    if (wait === 0 || !first.isOpen) return ok(first.body);
    if (!(await ports.woken('challenge', call.visit.challengeId, first.mark, wait * 1000))) return TOO_MANY_WAITING;
    const later = await openLogin(ports, call);
    return 'kind' in later ? later : ok(later.body);
  },
  async watchPortalLogin(ports, call) {
    let seen: string | null = null;
    return eventStream({
      event: 'login',
      async look() {
        const found = await openLogin(ports, call);
        seen = 'kind' in found ? null : found.mark;
        return 'kind' in found ? undefined : { data: found.body, settled: !found.isOpen };
      },
      woken: (ms) => ports.woken('challenge', call.visit.challengeId, seen, ms),
    });
  },
  async verifyPortalLogin(ports, { caller, page, visit, body }) {
    const { token, hash } = ports.tokens.fresh();
    const along = visitEnds(ports, page.portal, visit, page.browser, hash);
    const { passkey, ...rest } = body;
    if ((passkey === undefined) === (rest.output === undefined)) return ONE_OF;
    const answer = { id: visit.challengeId, ...rest, ...answered(passkey) };
    const outcome = await verify(ports, caller, answer, along);
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'need') return ok({ status: 'need', authenticators: outcome.login.offered });
    return { ...ok(verified(page, outcome.challenge.purpose)), cookies: entered(page, token) };
  },
  async promptPasskey(ports, { caller, visit }) {
    const prompt = await promptOf(ports, caller, visit.challengeId, 'passkey');
    return prompt.kind === 'refused' ? prompt : ok({ passkey: prompt.shown as Record<string, unknown> });
  },
  async sendPortalCode(ports, { caller, visit, body }) {
    const sent = await sendCode(ports, caller, { id: visit.challengeId, authenticator: body.authenticator });
    return sent.kind === 'refused'
      ? sent
      : ok({ sentTo: sent.sentTo, expiresAt: instant(sent.expiresAt), resendAt: instant(sent.resendAt) }, 202);
  },
  async finishPortalLogin(ports, { page, visit }) {
    const done = await finishLogin(ports, page.portal, visit, page.browser);
    if (done.kind === 'refused') return done;
    if (done.kind === 'need') return ok({ status: 'need', authenticators: [...done.login.offered] });
    // Whoever answered on the phone was asked whether to trust this browser: the page does not ask again.
    const { mayTrust, ...rest } = verified(page, done.challenge.purpose);
    const trust = done.approval === null ? {} : { trust: done.approval.trust };
    const may = mayTrust === true && trust.trust !== false ? { mayTrust, ...trust } : {};
    return { ...ok({ ...rest, ...may }), cookies: entered(page, done.token) };
  },
  async startPortalLoginBinding(ports, { caller, visit, asked, body }) {
    const started = await startLoginBinding(ports, caller, { id: visit.challengeId, ...body });
    return started.kind === 'refused' ? started : ok(await bindingBody(ports, started, asked), 201);
  },
  async confirmPortalLoginBinding(ports, { caller, page, visit, asked, params, body }) {
    const { token, hash } = ports.tokens.fresh();
    const along = visitEnds(ports, page.portal, visit, page.browser, hash);
    if ((body.passkey === undefined) === (body.output === undefined)) return ONE_OF;
    const input = { id: visit.challengeId, binding: params.binding, output: body.output, ...answered(body.passkey) };
    const bound = await confirmLoginBinding(ports, caller, input, along);
    if (bound.kind === 'refused') return bound;
    const { login: _, ...rest } = await confirmedBody(ports, bound, asked);
    const reply: Reply = ok({ ...rest, login: { status: 'satisfied' as const } });
    return { ...reply, cookies: entered(page, token) };
  },
  async cancelPortalLogin(ports, { page, visit }) {
    await cancelLogin(ports, page.portal, visit);
    return { ...NO_CONTENT, cookies: [dropCookie('visit', page.portal.tenant.id)] };
  },
};

/** Which keyboard a phone should show for such an account. */
function inputMode(pattern: string | undefined): 'text' | 'numeric' | 'email' {
  if (pattern === undefined) return 'text';
  if (/^(\\d|\[0-9\]|[0-9]|[{},+*?])+$/.test(pattern)) return 'numeric';
  return pattern.includes('@') ? 'email' : 'text';
}
