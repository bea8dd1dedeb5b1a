// Logins: start, read, send, verify, and the binding a login asks for.
import { startLoginBinding } from '../../../flows/bind.ts';
import { confirmLoginBinding } from '../../../flows/confirm-binding.ts';
import { getLogin } from '../../../flows/get-login.ts';
import { sendCode } from '../../../flows/send-code.ts';
import { startLogin } from '../../../flows/start-login.ts';
import { verify } from '../../../flows/verify.ts';
import type { Handlers } from '../handler.ts';
import { instant, loginBody, ok, TOO_MANY_WAITING } from '../replies.ts';
import { addressOf, bindingBody, confirmedBody } from './bindings.ts';

export const logins: Handlers<
  'startLogin' | 'getLogin' | 'verify' | 'sendCode' | 'startLoginBinding' | 'confirmLoginBinding'
> = {
  async startLogin(ports, { caller, asked, body }) {
    const view = await startLogin(ports, caller, body);
    if (view.kind === 'refused') return view;
    const assertion =
      view.status === 'allowed'
        ? await ports.assertion(view.challenge, view.account, view.challenge.createdAt)
        : undefined;
    return ok(loginBody(view, asked, false, assertion), 201);
  },
  async getLogin(ports, { caller, asked, params, query }) {
    let login = await getLogin(ports, caller, params.id);
    const { wait = 0 } = query;
    if (login.kind === 'login' && wait > 0 && login.challenge.status === 'pending') {
      if (!(await ports.woken('challenge', params.id, login.mark, wait * 1000))) return TOO_MANY_WAITING;
      login = await getLogin(ports, caller, params.id);
    }
    if (login.kind === 'refused') return login;
    // What a phone approved is redeemed by reading it, and only by the key that began the login: another one, such as a support tool's, is told how it
    // stands and no more (SCN-03).
    const { approvedAt, challenge } = login;
    const assertion =
      approvedAt === null || challenge.keyId !== caller.keyId
        ? undefined
        : await ports.assertion(challenge, login.account, approvedAt, true);
    return ok(loginBody(login, asked, true, assertion));
  },
  async verify(ports, { caller, params, body }) {
    const outcome = await verify(ports, caller, {
      id: params.id,
      authenticator: body.authenticator,
      type: body.type,
      output: body.output,
    });
    if (outcome.kind === 'refused') return outcome;
    if (outcome.kind === 'need') {
      const { offered, recovery } = outcome.login;
      return ok({ status: 'need', authenticators: offered, ...(recovery.length > 0 ? { recovery } : {}) });
    }
    const device = outcome.boundDevice ? { boundDevice: true } : {};
    if (body.assertion === false) return ok({ status: 'satisfied', ...device });
    const assertion = await ports.assertion(outcome.challenge, outcome.account, outcome.at);
    return ok({ status: 'satisfied', assertion, ...device });
  },
  async sendCode(ports, { caller, params, body }) {
    const sent = await sendCode(ports, caller, { id: params.id, authenticator: body.authenticator });
    return sent.kind === 'refused'
      ? sent
      : ok({ sentTo: sent.sentTo, expiresAt: instant(sent.expiresAt), resendAt: instant(sent.resendAt) }, 202);
  },
  async startLoginBinding(ports, { caller, asked, params, body }) {
    const wrong = addressOf(body);
    if (wrong !== undefined) return wrong;
    const started = await startLoginBinding(ports, caller, { id: params.id, ...body });
    return started.kind === 'refused' ? started : ok(await bindingBody(ports, started, asked), 201);
  },
  async confirmLoginBinding(ports, { caller, asked, params, body }) {
    const bound = await confirmLoginBinding(ports, caller, {
      id: params.id,
      binding: params.binding,
      output: body.output,
    });
    return bound.kind === 'refused' ? bound : ok(await confirmedBody(ports, bound, asked));
  },
};
