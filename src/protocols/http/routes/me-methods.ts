// A person's methods and activity. Words for what cannot be done here come in three languages.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { Happened } from '../../../core/audit/history.ts';
import type { Words } from '../../../core/locale.ts';
import { confirmBinding } from '../../../flows/confirm-binding.ts';
import { myMethods, type WhyNot } from '../../../flows/my-method-rows.ts';
import { bindMine, stepUp, strengthens, unbindMine } from '../../../flows/my-methods.ts';
import { setCookie } from '../callers/page.ts';
import type { Handlers } from '../handler.ts';
import { instant, loginBody, NO_CONTENT, ok } from '../replies.ts';
import { answered, ONE_OF } from './answered.ts';
import { bindingBody, confirmedBody } from './bindings.ts';

const REASONS: Readonly<Record<WhyNot, Words>> = {
  'by-operator': {
    'zh-CN': '如需解绑，请联系{contact}。',
    'zh-HK': '如需解除綁定，請聯絡{contact}。',
    en: 'To unlink it, contact {contact}.',
  },
  last: {
    'zh-CN': '这是最后一种验证方式，请先绑定另一种。',
    'zh-HK': '這是最後一種驗證方式，請先綁定另一種。',
    en: 'It is your last method. Set up another one first.',
  },
  'follows-contact': {
    'zh-CN': '使用您登记的联系方式；如需更改，请联系{contact}。',
    'zh-HK': '使用閣下登記的聯絡方式；如需更改，請聯絡{contact}。',
    en: 'It uses the contact details on file. To change them, contact {contact}.',
  },
  'not-here': {
    'zh-CN': '不能在网页上绑定，请使用其他客户端。',
    'zh-HK': '不能在網頁上綁定，請使用其他客戶端。',
    en: 'It cannot be set up on this page. Use another of our programs.',
  },
  'not-now': {
    'zh-CN': '目前没有开放绑定，如有疑问请联系{contact}。',
    'zh-HK': '目前未開放綁定，如有疑問請聯絡{contact}。',
    en: 'It cannot be set up at present. Questions: {contact}.',
  },
};

const outcomeOf = (event: string): 'ok' | 'failed' | 'refused' =>
  /\.(rejected|expired|frozen)$/.test(event) ? 'failed' : event.endsWith('.refused') ? 'refused' : 'ok';

export const meMethods: Handlers<
  'listMyMethods' | 'startStepUp' | 'startMyBinding' | 'confirmMyBinding' | 'unbindMine' | 'listMyActivity'
> = {
  async listMyMethods(ports, { page: { portal }, person, asked }) {
    const found = await myMethods(ports, portal, person);
    if (found.kind === 'refused') return found;
    const locale = asked ?? person.account.locale;
    const body: ReplyOf<'listMyMethods'> = {
      items: found.rows.map(
        ({ reason, codes, items, lastUsedAt, slots, retiresAt, endsAppPasswords, isOffered, ...row }) => ({
          type: row.type,
          state: row.state,
          actions: [...row.actions],
          items: items.map((one) => ({ ...one, since: instant(one.since) })),
          ...(reason === null ? {} : { reason: REASONS[reason][locale].replace('{contact}', found.contact[locale]) }),
          ...(codes === null ? {} : { codesLeft: codes.left, codesOf: codes.of }),
          ...(lastUsedAt === null ? {} : { lastUsedAt: instant(lastUsedAt) }),
          ...(slots === null ? {} : { slots: { ...slots } }),
          ...(retiresAt === null ? {} : { retiresAt: instant(retiresAt) }),
          ...(endsAppPasswords === 0 ? {} : { endsAppPasswords }),
          ...(isOffered ? { isOffered } : {}),
        }),
      ),
      next: null,
    };
    return ok(body);
  },
  async startStepUp(ports, { page, person, asked, body }) {
    const done = await stepUp(ports, page.portal, person, page.browser, body.purpose, body.authenticator);
    if (done.kind === 'refused') return done;
    const { challenge } = done.login;
    const shown = loginBody(done.login, asked, false);
    const first = (id: string): number => (id === body.authenticator ? 0 : 1);
    const authenticators = shown.authenticators.toSorted((a, b) => first(a.id) - first(b.id));
    const seconds = Math.ceil((challenge.expiresAt - challenge.createdAt) / 1000);
    return {
      ...ok({ ...shown, authenticators }, 201),
      cookies: [setCookie('visit', page.portal.tenant.id, done.token, seconds)],
    };
  },
  async startMyBinding(ports, { page, person, asked, body }) {
    const started = await bindMine(ports, page.portal, person, page.browser, body);
    return started.kind === 'refused' ? started : ok(await bindingBody(ports, started, asked), 201);
  },
  async confirmMyBinding(ports, { caller, person, asked, params, body }) {
    if ((body.passkey === undefined) === (body.output === undefined)) return ONE_OF;
    const { account } = person.account;
    const input = { account, binding: params.binding, output: body.output, ...answered(body.passkey) };
    const bound = await confirmBinding(ports, caller, input, strengthens(person));
    if (bound.kind === 'refused') return bound;
    const { login: _, ...rest } = await confirmedBody(ports, bound, asked);
    return ok(rest);
  },
  async unbindMine(ports, { page, person, params }) {
    const done = await unbindMine(ports, page.portal, person, params.authenticator);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async listMyActivity(ports, { page: { portal }, person, asked, query }) {
    const limit = query.limit ?? 20;
    const { tenantId, accountId } = person.session;
    const found = await ports.history.of(tenantId, accountId, query.after ?? null, limit + 1);
    const shown = found.slice(0, limit);
    const locale = asked ?? person.account.locale;
    const clientName = ({ client }: Happened): string | undefined =>
      client === null
        ? undefined
        : Object.hasOwn(portal.policy.clients, client)
          ? portal.policy.clients[client]?.name[locale]
          : client;
    const body: ReplyOf<'listMyActivity'> = {
      items: shown.map((one) => {
        const client = clientName(one);
        return {
          id: one.key,
          at: instant(one.at),
          event: one.event,
          outcome: outcomeOf(one.event),
          ...(one.type === null ? {} : { type: one.type }),
          ...(client === undefined ? {} : { client }),
          ...(one.ip === null ? {} : { ip: one.ip }),
        };
      }),
      next: found.length > limit ? (shown.at(-1)?.key ?? null) : null,
    };
    return ok(body);
  },
};
