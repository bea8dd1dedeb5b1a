// Bindings from a logged-in client, step-ups, and removal by the owner.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { Locale } from '../../../contract/problems.ts';
import { type BindingStarted, startBinding } from '../../../flows/bind.ts';
import { type BindingConfirmed, confirmBinding } from '../../../flows/confirm-binding.ts';
import { startChallenge } from '../../../flows/start-challenge.ts';
import { unbind } from '../../../flows/unbind.ts';
import type { Handlers, HttpPorts } from '../handler.ts';
import { instant, loginBody, NO_CONTENT, ok, type Reply } from '../replies.ts';

/** ES-5.3, said by every bind and unbind reply. */
const WARNING = {
  'zh-CN': '在身份验证器中删除条目不会解绑，登录时仍会要求验证码。',
  'zh-HK': '在身份驗證器中刪除項目並不會解除綁定，登入時仍須輸入驗證碼。',
  en: 'Deleting the entry in the authenticator app does not unlink it: codes are still asked for.',
} as const;

/** An address goes with type email, and only with it: the schema cannot say so. */
export const addressOf = (body: { readonly type: string; readonly address?: string | undefined }): Reply | undefined =>
  (body.type === 'email') === (body.address !== undefined)
    ? undefined
    : {
        status: 400,
        body: null,
        invalid: [{ at: '/address', code: 'address', message: 'belongs to type email, and only to it' }],
      };

/** A fresh binding, with the QR drawn where the client may show one. */
export async function bindingBody(
  ports: HttpPorts,
  started: BindingStarted,
  asked: Locale | null,
): Promise<ReplyOf<'startMyBinding'>> {
  const { uri, key, codes, passkey } = started.shown;
  const qr = uri !== undefined && started.offers.includes('qr') ? await ports.qr(uri) : undefined;
  return {
    id: started.id,
    type: started.type,
    status: started.status,
    ...(uri === undefined ? {} : { uri }),
    ...(key === undefined ? {} : { key }),
    ...(qr === undefined ? {} : { qr: qr.png, qrSvg: qr.svg }),
    ...(codes === undefined ? {} : { codes: [...codes] }),
    ...(passkey === undefined ? {} : { passkey: passkey as Record<string, unknown> }),
    ...(started.sent === null ? {} : { sentTo: started.sent.sentTo, resendAt: instant(started.sent.resendAt) }),
    offers: [...started.offers],
    codeSeconds: started.codeSeconds,
    ...(started.expiresAt === null ? {} : { expiresAt: instant(started.expiresAt) }),
    warning: WARNING[asked ?? started.locale],
  };
}

export async function confirmedBody(
  ports: HttpPorts,
  bound: BindingConfirmed,
  asked: Locale | null,
): Promise<ReplyOf<'confirmBinding'>> {
  return {
    status: 'bound',
    authenticator: { id: bound.id, type: bound.type, boundAt: instant(bound.boundAt) },
    ...(bound.login === null
      ? {}
      : {
          login: {
            status: 'satisfied' as const,
            assertion: await ports.assertion(bound.login, bound.account, bound.boundAt),
          },
        }),
    offerRecoveryCodes: bound.offerRecoveryCodes,
    warning: WARNING[asked ?? bound.locale],
  };
}

export const bindings: Handlers<'startBinding' | 'confirmBinding' | 'startChallenge' | 'unbind'> = {
  async startBinding(ports, { caller, asked, params, body }) {
    const wrong = addressOf(body);
    if (wrong !== undefined) return wrong;
    const started = await startBinding(ports, caller, { account: params.account, ...body });
    return started.kind === 'refused' ? started : ok(await bindingBody(ports, started, asked), 201);
  },
  async confirmBinding(ports, { caller, asked, params, body }) {
    const bound = await confirmBinding(ports, caller, {
      account: params.account,
      binding: params.binding,
      output: body.output,
    });
    return bound.kind === 'refused' ? bound : ok(await confirmedBody(ports, bound, asked));
  },
  async startChallenge(ports, { caller, asked, params, body }) {
    const view = await startChallenge(ports, caller, {
      account: params.account,
      purpose: body.purpose,
      client: body.client,
      authenticator: body.authenticator,
    });
    return view.kind === 'refused' ? view : ok(loginBody(view, asked, false), 201);
  },
  async unbind(ports, { caller, params, query }) {
    const done = await unbind(ports, caller, {
      account: params.account,
      authenticator: params.authenticator,
      proof: query.proof,
      client: query.client,
      login: query.login,
    });
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
};
