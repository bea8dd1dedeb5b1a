// Hufu's client for relying parties: one method per call of the API. A complete login is two of them:
// `logins.start`, then `logins.verify`. No dependencies; Node ≥ 20, Deno, Bun (and Node ≥ 24 runs the source itself).
import { type CallOptions, type HufuOptions, type Transport, transport } from './transport.ts';
import type * as t from './types.ts';

export { HufuProblem, HufuUnreachable, type ProblemCode } from './problem.ts';
export type { CallOptions, HufuOptions } from './transport.ts';
export type * from './types.ts';

/**
 * The API of one tenant.
 *
 * Every method rejects with {@link HufuProblem} when the API refuses (act on its `code`) and with
 * {@link HufuUnreachable} when there was no answer after the retries; neither ever means "let in".
 *
 * @example
 * const hufu = new Hufu({ baseUrl: 'https://hufu.example.com', apiKey });
 * const login = await hufu.logins.start({ account, client: { id: 'star-9.5', version }, firstFactor: 'verified' });
 * if (login.status === 'challenge') await hufu.logins.verify(login.id, { output: code });
 */
export class Hufu {
  readonly logins: Logins;
  readonly accounts: Accounts;
  readonly appPasswords: AppPasswords;
  readonly console: Console;
  readonly rollout: RolloutCalls;
  readonly #send: Transport;

  constructor(options: HufuOptions) {
    this.#send = transport(options);
    this.logins = new Logins(this.#send);
    this.accounts = new Accounts(this.#send);
    this.appPasswords = new AppPasswords(this.#send);
    this.console = new Console(this.#send);
    this.rollout = new RolloutCalls(this.#send);
  }

  /** The public keys that verify assertions. */
  jwks(options?: CallOptions): Promise<t.Jwks> {
    return this.#send({ method: 'GET', path: '/.well-known/jwks.json' }, options);
  }
}

class Logins {
  readonly #send: Transport;
  constructor(send: Transport) {
    this.#send = send;
  }

  /** Starts a login: the first of two calls. Its status says what comes next. */
  start(body: t.StartLogin, options?: CallOptions): Promise<t.Login> {
    return this.#send({ method: 'POST', path: '/v1/logins', body }, options);
  }

  /** Reads a login, also after its end, with the trace of the decision. */
  get(id: string, options?: CallOptions): Promise<t.Login> {
    return this.#send({ method: 'GET', path: path`/v1/logins/${id}` }, options);
  }

  /** Like get, but the server answers only when the login changed or `seconds` (at most 25) went by. */
  wait(id: string, seconds = 25, options?: CallOptions): Promise<t.Login> {
    const query = { wait: seconds };
    return this.#send({ method: 'GET', path: path`/v1/logins/${id}`, query, holdSeconds: seconds }, options);
  }

  /** Sends a code by SMS. */
  send(id: string, body: t.Send = {}, options?: CallOptions): Promise<t.Sent> {
    return this.#send({ method: 'POST', path: path`/v1/logins/${id}/send`, body }, options);
  }

  /** A QR that approves the login when its owner scans it with the app. Wait for the answer with `get(id, { wait: 25 })`. */
  scan(id: string, options?: CallOptions): Promise<t.Scan> {
    return this.#send({ method: 'POST', path: path`/v1/logins/${id}/scan`, body: {} }, options);
  }

  /** Asks on the account's phones; show the number that must be typed there, and wait as for a scan. */
  push(id: string, body: t.StartPush = {}, options?: CallOptions): Promise<t.Push> {
    return this.#send({ method: 'POST', path: path`/v1/logins/${id}/push`, body }, options);
  }

  /** Presents what the person typed: the second of two calls. */
  verify(id: string, body: t.Verify, options?: CallOptions): Promise<t.Verified> {
    return this.#send({ method: 'POST', path: path`/v1/logins/${id}/verify`, body }, options);
  }

  /** Starts the binding that a login with status `enrol` asks for. The reply is a secret and comes once. */
  startBinding(id: string, body: t.StartLoginBinding = { type: 'totp' }, options?: CallOptions): Promise<t.Binding> {
    return this.#send({ method: 'POST', path: path`/v1/logins/${id}/bindings`, body, shownOnce: true }, options);
  }

  /** Completes it with the first code; the login then is satisfied. */
  confirmBinding(
    id: string,
    binding: string,
    body: t.ConfirmBinding,
    options?: CallOptions,
  ): Promise<t.BindingConfirmed> {
    return this.#send({ method: 'POST', path: path`/v1/logins/${id}/bindings/${binding}/confirm`, body }, options);
  }
}

class Accounts {
  readonly #send: Transport;
  constructor(send: Transport) {
    this.#send = send;
  }

  /** Status, phase, what is bound, what the account may do next. */
  get(account: string, options?: CallOptions): Promise<t.Account> {
    return this.#send({ method: 'GET', path: path`/v1/accounts/${account}` }, options);
  }

  /** Creates or updates an account. */
  put(account: string, body: t.PutAccount, options?: CallOptions): Promise<t.Account> {
    return this.#send({ method: 'PUT', path: path`/v1/accounts/${account}`, body }, options);
  }

  list(paging: t.Paging = {}, options?: CallOptions): Promise<t.Page<t.AccountSummary>> {
    return this.#send({ method: 'GET', path: '/v1/accounts', query: { ...paging } }, options);
  }

  /** Creates or updates up to 1000 accounts, reported row by row. */
  import(accounts: t.ImportAccounts['accounts'], options?: CallOptions): Promise<t.Imported> {
    return this.#send({ method: 'POST', path: '/v1/accounts:import', body: { accounts } }, options);
  }

  /** Starts a binding from a client the account is logged in on. The reply is a secret and comes once. */
  startBinding(account: string, body: t.StartBinding, options?: CallOptions): Promise<t.Binding> {
    return this.#send({ method: 'POST', path: path`/v1/accounts/${account}/bindings`, body, shownOnce: true }, options);
  }

  /** Completes it with the first code. */
  confirmBinding(
    account: string,
    binding: string,
    body: t.ConfirmBinding,
    options?: CallOptions,
  ): Promise<t.BindingConfirmed> {
    const at = path`/v1/accounts/${account}/bindings/${binding}/confirm`;
    return this.#send({ method: 'POST', path: at, body }, options);
  }

  /** Steps up: a challenge, verified like a login; its id then is the `proof` for what it was for. */
  startChallenge(account: string, body: t.StartChallenge, options?: CallOptions): Promise<t.Login> {
    return this.#send({ method: 'POST', path: path`/v1/accounts/${account}/challenges`, body }, options);
  }

  /** Removes a binding, as far as the policy lets its owner. `client` and `login` say where the account is logged in: name both. */
  unbind(
    account: string,
    authenticator: string,
    how: { client?: string | undefined; login?: string | undefined; proof?: string | undefined } = {},
    options?: CallOptions,
  ): Promise<void> {
    const at = path`/v1/accounts/${account}/authenticators/${authenticator}`;
    return this.#send({ method: 'DELETE', path: at, query: { ...how } }, options);
  }

  /** Phones with the app, the account's slots, and how its newest registration stands. */
  phones(account: string, options?: CallOptions): Promise<t.Phones> {
    return this.#send({ method: 'GET', path: path`/v1/accounts/${account}/phones` }, options);
  }

  /** Revokes one of them, as far as the policy lets its owner; its codes are refused from then on. */
  revokePhone(
    account: string,
    phone: string,
    proof: { proof?: string; login?: string; client?: string } = {},
    options?: CallOptions,
  ): Promise<void> {
    const query = { ...proof };
    return this.#send({ method: 'DELETE', path: path`/v1/accounts/${account}/phones/${phone}`, query }, options);
  }

  /** A registration of phones for the person who is logged in: show its QR and code once. Those before it are void. */
  startRegistration(account: string, body: t.StartRegistration, options?: CallOptions): Promise<t.Registration> {
    return this.#send({ method: 'POST', path: path`/v1/accounts/${account}/registration`, body }, options);
  }

  /** Phones and computers that logged in with a code. */
  clientDevices(account: string, paging: t.Paging = {}, options?: CallOptions): Promise<t.Page<t.ClientDevice>> {
    const query = { ...paging };
    return this.#send({ method: 'GET', path: path`/v1/accounts/${account}/client-devices`, query }, options);
  }

  /** Revokes one of them; it is refused from then on. */
  revokeClientDevice(account: string, device: string, options?: CallOptions): Promise<void> {
    return this.#send({ method: 'DELETE', path: path`/v1/accounts/${account}/client-devices/${device}` }, options);
  }
}

class AppPasswords {
  readonly #send: Transport;
  constructor(send: Transport) {
    this.#send = send;
  }

  /** Those of an account, with their last use. */
  list(account: string, options?: CallOptions): Promise<t.AppPasswords> {
    return this.#send({ method: 'GET', path: path`/v1/accounts/${account}/app-passwords` }, options);
  }

  /** Makes one. The password is in this reply and nowhere else. */
  create(account: string, body: t.CreateAppPassword, options?: CallOptions): Promise<t.AppPasswordCreated> {
    const at = path`/v1/accounts/${account}/app-passwords`;
    return this.#send({ method: 'POST', path: at, body, shownOnce: true }, options);
  }

  get(account: string, id: string, options?: CallOptions): Promise<t.AppPassword> {
    return this.#send({ method: 'GET', path: path`/v1/accounts/${account}/app-passwords/${id}` }, options);
  }

  /** The same, held up to 25 seconds until it is used for the first time. */
  firstUse(account: string, id: string, seconds = 25, options?: CallOptions): Promise<t.AppPassword> {
    const at = path`/v1/accounts/${account}/app-passwords/${id}`;
    return this.#send({ method: 'GET', path: at, query: { wait: seconds }, holdSeconds: seconds }, options);
  }

  /** Revokes one; it is refused from then on. */
  revoke(account: string, id: string, options?: CallOptions): Promise<void> {
    return this.#send({ method: 'DELETE', path: path`/v1/accounts/${account}/app-passwords/${id}` }, options);
  }

  /** Revokes all of an account; answers which. */
  revokeAll(account: string, options?: CallOptions): Promise<{ revoked: string[] }> {
    return this.#send({ method: 'DELETE', path: path`/v1/accounts/${account}/app-passwords` }, options);
  }
}

/** What operators do. Where the policy wants a second one, the answer is the case that waits, and nothing is done yet. */
class Console {
  readonly #send: Transport;
  constructor(send: Transport) {
    this.#send = send;
  }

  /** Mails a registration of phones to the account; those before it are void. */
  register(
    account: string,
    body: t.OperatorRegister,
    options?: CallOptions,
  ): Promise<t.RegistrationSent | t.CaseOpened> {
    return this.#send({ method: 'POST', path: path`/v1/console/accounts/${account}/registration`, body }, options);
  }

  /** Forgets the PIN: each phone asks for the new one. */
  resetPin(account: string, body: t.OperatorAct, options?: CallOptions): Promise<{ phones: number } | t.CaseOpened> {
    return this.#send({ method: 'POST', path: path`/v1/console/accounts/${account}/pin-reset`, body }, options);
  }

  /** Somebody else may act for the account: everything before ends, and a registration is mailed. */
  changePerson(
    account: string,
    body: t.ChangePerson,
    options?: CallOptions,
  ): Promise<t.RegistrationSent | t.CaseOpened> {
    return this.#send({ method: 'POST', path: path`/v1/console/accounts/${account}/authorised-person`, body }, options);
  }

  /** Revokes a phone at once, with a reason. */
  revokePhone(
    account: string,
    phone: string,
    body: t.OperatorAct,
    options?: CallOptions,
  ): Promise<t.CaseOpened | undefined> {
    const where = path`/v1/console/accounts/${account}/phones/${phone}/revoke`;
    return this.#send({ method: 'POST', path: where, body }, options);
  }

  /** Removes one binding, or all, in an operator's name and with a reason; answers which were removed. */
  unbind(
    account: string,
    body: t.OperatorUnbind,
    options?: CallOptions,
  ): Promise<{ removed: string[] } | t.CaseOpened> {
    return this.#send({ method: 'POST', path: path`/v1/console/accounts/${account}/unbind`, body }, options);
  }

  /** Revokes one app password, or all, with a reason; answers which. */
  revokeAppPasswords(
    account: string,
    body: t.OperatorRevokeAppPasswords,
    options?: CallOptions,
  ): Promise<{ revoked: string[] } | t.CaseOpened> {
    const at = path`/v1/console/accounts/${account}/revoke-app-passwords`;
    return this.#send({ method: 'POST', path: at, body }, options);
  }

  /** Ends a freeze, with a reason. */
  unlock(account: string, body: t.OperatorAct, options?: CallOptions): Promise<{ unlocked: string[] } | t.CaseOpened> {
    return this.#send({ method: 'POST', path: path`/v1/console/accounts/${account}/unlock`, body }, options);
  }

  /** Ends the trust in a browser, or in `all`, with a reason. */
  revokeTrust(
    account: string,
    device: string,
    body: t.OperatorAct,
    options?: CallOptions,
  ): Promise<{ revoked: string[] } | t.CaseOpened> {
    const where = path`/v1/console/accounts/${account}/trusted-devices/${device}/revoke`;
    return this.#send({ method: 'POST', path: where, body }, options);
  }

  /** Gives temporary codes that stand in for the second step; shown in this answer and never again. */
  bypass(account: string, body: t.IssueBypass, options?: CallOptions): Promise<t.BypassIssued | t.CaseOpened> {
    return this.#send({ method: 'POST', path: path`/v1/console/accounts/${account}/bypass`, body }, options);
  }

  /** A customer objects, by the stop code in the notice, to what an operator did, which suspends the account, or to a change of methods, which is undone. */
  object(body: t.Objection, options?: CallOptions): Promise<t.Objected> {
    return this.#send({ method: 'POST', path: '/v1/objections', body }, options);
  }
}

class RolloutCalls {
  readonly #send: Transport;
  constructor(send: Transport) {
    this.#send = send;
  }

  /** The phase in force, per cohort, and what is scheduled. */
  get(options?: CallOptions): Promise<t.Rollout> {
    return this.#send({ method: 'GET', path: '/v1/rollout' }, options);
  }

  /** Switches the phase, now or at a time; the next login attempt on every node follows it. */
  switchPhase(body: t.SwitchPhase, options?: CallOptions): Promise<t.Rollout> {
    return this.#send({ method: 'POST', path: '/v1/rollout/phase', body }, options);
  }
}

/** A path whose parts are escaped, so that an account name never reaches another address. */
function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((whole, part, at) => `${whole}${segment(values[at - 1] ?? '')}${part}`);
}

/** RFC 3986 §5.2.4: "." and ".." would vanish from the path even when escaped, and take their neighbour with them. */
function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new TypeError(`"${value}" cannot be part of an address`);
  return encodeURIComponent(value);
}
