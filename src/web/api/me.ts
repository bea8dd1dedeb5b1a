// Every call of `/v1/me`, one line each: the table of what people's pages can do.
import { type Call, type CallerOptions, caller, Refused } from './http.ts';
import type * as v from './views.ts';
import { watch } from './watch.ts';

/** What came of an objection. */
export interface Objected {
  readonly outcome: 'restored' | 'suspended';
  /** App passwords that ended with it. */
  readonly appPasswords: number;
}

export interface LoginBody {
  readonly account: string;
  readonly password: string;
  readonly captcha?: string;
  readonly trust?: v.TrustProof;
}
export interface VerifyBody {
  readonly authenticator?: string;
  readonly type?: string;
  readonly output?: string;
  readonly passkey?: v.PasskeyAnswer;
}
/** What a binding needs besides its type. */
export interface Given {
  readonly address?: string;
  readonly label?: string;
  /** The one whose place it takes. */
  readonly replaces?: string;
}
export interface NewAppPasswordBody {
  readonly name: string;
  readonly protocols?: readonly v.MailProtocol[];
  readonly expiresAt?: string;
  /** Also make a one-time profile for Apple's mail programs. */
  readonly profile?: boolean;
}
export interface CaptchaView {
  readonly algorithm: string;
  readonly challenge: string;
  readonly salt: string;
  readonly signature: string;
  readonly maxnumber?: number;
  readonly maxNumber?: number;
}

export type MeCalls = ReturnType<typeof meCalls>;

/** What a page was drawn for: filled by the first answers, and sent with every later call. */
export interface Drawn {
  login?: string;
  account?: string;
}

/**
 * The calls of one tenant in one language. `login…` also serve a step-up: they act on the login that is open in this browser. Tabs share its cookies:
 * a page keeps `drawn`, and is refused (`another-account`) where another tab has gone on with another login or account.
 */
export function meCalls(given: CallerOptions, drawn: Drawn = {}) {
  const options: CallerOptions = {
    ...given,
    headers: async (method, path, body) => {
      const what = /^\/v1\/me\/login(?![\w-])/.test(path) ? drawn.login : drawn.account;
      const more = await given.headers?.(method, path, body);
      return { ...more, ...(what === undefined ? {} : { 'hufu-for': encodeURIComponent(what) }) };
    },
  };
  const call = caller(options);
  const ofLogin = callsOfLogin(options);
  const opened = (login: v.LoginView): v.LoginView => {
    drawn.login = login.id;
    return login;
  };
  /** What another tab removed already is removed. */
  const remove = (path: string): Promise<unknown> =>
    call('DELETE', path).catch((error: unknown) => {
      if (!(error instanceof Refused) || error.problem.code !== 'not-found') throw error;
    });
  const at = (id: string): string => encodeURIComponent(id);
  return {
    tenant: () => call<v.TenantView>('GET', '/v1/me/tenant'),
    captcha: () => call<CaptchaView>('GET', '/v1/me/captcha'),
    loginNonce: () => call<{ nonce: string }>('GET', '/v1/me/login-nonce'),

    login: (body: LoginBody) => call<v.LoginView>('POST', '/v1/me/login', { body }).then(opened),
    /** Objects to what an operator did, or to a change of methods, by the stop code in the notice. */
    object: (body: { readonly account: string; readonly code: string }) =>
      call<Objected>('POST', '/v1/me/objections', { body }),
    openLogin: () => ofLogin<v.LoginView>('GET', '/v1/me/login').then(opened),
    verify: (body: VerifyBody) => ofLogin<v.VerifiedView>('POST', '/v1/me/login/verify', { body }),
    /** What the browser is asked for a passkey. */
    passkey: () =>
      ofLogin<{ passkey: Readonly<Record<string, unknown>> }>('POST', '/v1/me/login/passkey', { body: {} }),
    send: (authenticator: string) => ofLogin<v.SentView>('POST', '/v1/me/login/send', { body: { authenticator } }),
    scan: () => ofLogin<v.ScanView>('POST', '/v1/me/login/scan', { body: {} }),
    push: (authenticator?: string) =>
      ofLogin<v.PushView>('POST', '/v1/me/login/push', { body: authenticator === undefined ? {} : { authenticator } }),
    finish: () => ofLogin<v.VerifiedView>('POST', '/v1/me/login/finish', { body: {} }),
    loginBinding: (type: string, given: Given = {}) =>
      ofLogin<v.BindingView>('POST', '/v1/me/login/bindings', { body: { type, ...given } }),
    confirmLoginBinding: (id: string, answer: v.Answer) =>
      ofLogin<v.BoundView>('POST', `/v1/me/login/bindings/${at(id)}/confirm`, { body: answer }),
    cancelLogin: () => ofLogin<undefined>('DELETE', '/v1/me/login'),
    /** News of the open login until the returned function is called. */
    watchLogin: (onValue: (login: v.LoginView) => void, onRefused: (error: Refused) => void) =>
      watch(options, {
        events: '/v1/me/login/events',
        poll: (signal) => ofLogin<v.LoginView>('GET', '/v1/me/login?wait=25', { signal }),
        onValue,
        onRefused,
      }),

    me: () =>
      call<v.MeView>('GET', '/v1/me').then((me) => {
        drawn.account = me.account;
        return me;
      }),
    logout: () => call<undefined>('POST', '/v1/me/logout', { body: {} }),
    challenge: (purpose: 'unbind' | 'change' | 'confirm', authenticator?: string) =>
      call<v.LoginView>('POST', '/v1/me/challenges', {
        body: { purpose, ...(authenticator === undefined ? {} : { authenticator }) },
      }).then(opened),

    methods: () => call<v.Page<v.MethodRow>>('GET', '/v1/me/methods'),
    bind: (type: string, given: Given = {}) =>
      call<v.BindingView>('POST', '/v1/me/bindings', { body: { type, ...given } }),
    confirmBinding: (id: string, answer: v.Answer) =>
      call<v.BoundView>('POST', `/v1/me/bindings/${at(id)}/confirm`, { body: answer }),
    bindingState: (id: string) => call<v.BindingState>('GET', `/v1/me/bindings/${at(id)}`),
    unbind: (id: string) => remove(`/v1/me/authenticators/${at(id)}`),

    enrolment: () => call<v.EnrolmentView>('POST', '/v1/me/enrolment', { body: {} }),
    enrolmentState: () => call<v.EnrolmentState>('GET', '/v1/me/enrolment'),
    /** News of the registration in force: phones that joined, its end. */
    watchEnrolment: (onValue: (state: v.EnrolmentState) => void, onRefused: (error: Refused) => void) =>
      watch(options, {
        events: '/v1/me/enrolment/events',
        poll: (signal) => call<v.EnrolmentState>('GET', '/v1/me/enrolment?wait=25', { signal }),
        onValue,
        onRefused,
      }),

    phones: () => call<v.Page<v.PhoneView>>('GET', '/v1/me/phones'),
    removePhone: (id: string) => remove(`/v1/me/phones/${at(id)}`),
    trustedDevices: () => call<v.Page<v.TrustedDeviceView>>('GET', '/v1/me/trusted-devices'),
    trustThis: (body: { key: string; name: string; replaces?: string }) =>
      call<v.TrustedView>('POST', '/v1/me/trusted-devices', { body }),
    removeTrusted: (id?: string) => remove(`/v1/me/trusted-devices${id === undefined ? '' : `/${at(id)}`}`),
    activity: (after?: string, limit = 20) =>
      call<v.Page<v.ActivityView>>(
        'GET',
        `/v1/me/activity?limit=${limit}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
      ),

    appPasswords: () => call<v.AppPasswordsView>('GET', '/v1/me/app-passwords'),
    newAppPassword: (body: NewAppPasswordBody) => call<v.NewAppPassword>('POST', '/v1/me/app-passwords', { body }),
    /** News of one app password until the returned function is called: that it was used for the first time. */
    watchAppPassword: (id: string, onValue: (one: v.AppPasswordView) => void) =>
      watch(options, {
        poll: (signal) => call<v.AppPasswordView>('GET', `/v1/me/app-passwords/${at(id)}?wait=25`, { signal }),
        onValue,
        onRefused: () => {},
      }),
    removeAppPassword: (id?: string) => remove(`/v1/me/app-passwords${id === undefined ? '' : `/${at(id)}`}`),
  };
}

/**
 * Calls that act on the open login. They are known by its cookie, which is no session's: "signed out" from them says that this login is over, be it
 * by its time, by a newer one or from another tab, and nothing about who is signed in.
 */
function callsOfLogin({ onRefused: _, ...options }: CallerOptions): Call {
  const call = caller(options);
  return (method, path, more) =>
    call<never>(method, path, more).catch((error: unknown) => {
      if (error instanceof Refused && error.problem.code === 'signed-out')
        throw new Refused({ ...error.problem, code: 'expired' });
      throw error;
    });
}
