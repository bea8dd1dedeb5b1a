// App passwords: the list, making one (told once), revoking.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { groupedAppPassword, type StoredAppPassword } from '../../../core/app-password/app-password.ts';
import { refuse } from '../../../core/outcome.ts';
import type { Caller } from '../../../core/ports.ts';
import { listAppPasswords, revokeAppPasswords } from '../../../flows/app-passwords.ts';
import {
  type AppPasswordCreated,
  type CreateAppPassword,
  createAppPassword,
  type MailSettings,
  type Proof,
} from '../../../flows/create-app-password.ts';
import { provenIn } from '../../../flows/my-methods.ts';
import { act } from '../../../flows/operator/act.ts';
import type { Handlers, HttpPorts } from '../handler.ts';
import { instant, NO_CONTENT, ok, TOO_MANY_WAITING } from '../replies.ts';
import { answerOf } from './desk-body.ts';

const settingsBody = ({ servers, ...rest }: MailSettings): ReplyOf<'listAppPasswords'>['settings'] => ({
  ...rest,
  ...servers,
});

export const appPasswordBody = (item: StoredAppPassword, now: number): ReplyOf<'getAppPassword'> => ({
  id: item.id,
  name: item.name,
  protocols: [...item.protocols],
  createdAt: instant(item.createdAt),
  ...(item.expiresAt === null ? {} : { expiresAt: instant(item.expiresAt) }),
  status: item.expiresAt !== null && item.expiresAt <= now ? 'expired' : 'active',
  ...(item.lastUse === null
    ? {}
    : {
        lastUsed: {
          at: instant(item.lastUse.at),
          protocol: item.lastUse.protocol,
          ...(item.lastUse.ip === null ? {} : { ip: item.lastUse.ip }),
        },
      }),
});

const createdBody = (
  made: AppPasswordCreated,
  profileUrl: (token: string) => string,
): ReplyOf<'createAppPassword'> => ({
  id: made.id,
  name: made.name,
  protocols: [...made.protocols],
  createdAt: instant(made.createdAt),
  ...(made.expiresAt === null ? {} : { expiresAt: instant(made.expiresAt) }),
  password: made.password,
  grouped: groupedAppPassword(made.password),
  settings: settingsBody(made.settings),
  ...(made.profile === null
    ? {}
    : { profile: { url: profileUrl(made.profile.token), expiresAt: instant(made.profile.expiresAt) } }),
});

/** The calls, for whoever is known to speak for the account. */
export const appPasswordCalls = {
  async list(ports: HttpPorts, caller: Caller, account: string) {
    const list = await listAppPasswords(ports, caller, account);
    if (list.kind === 'refused') return list;
    return ok({
      items: list.items.map((item) => appPasswordBody(item, list.now)),
      enabled: list.enabled,
      most: list.most,
      needed: list.needed,
      settings: settingsBody(list.settings),
    });
  },
  async create(
    ports: HttpPorts,
    caller: Caller,
    account: string,
    body: Omit<CreateAppPassword, 'account' | 'expiresAt'> & { readonly expiresAt?: string | undefined },
    proof?: Proof,
  ) {
    const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
    if (expiresAt !== undefined && expiresAt <= (await ports.store.now()))
      return { status: 400, body: null, invalid: [{ at: '/expiresAt', code: 'past', message: 'is in the past' }] };
    const made = await createAppPassword(ports, caller, { ...body, account, expiresAt }, proof);
    return made.kind === 'refused' ? made : ok(createdBody(made, ports.profileUrl), 201);
  },
  /** Waits up to `wait` seconds for the first use of one that was never used. */
  async get(ports: HttpPorts, caller: Caller, account: string, id: string, wait = 0) {
    const find = async () => {
      const list = await listAppPasswords(ports, caller, account);
      if (list.kind === 'refused') return list;
      const item = list.items.find((one) => one.id === id);
      return item === undefined
        ? refuse('not-found')
        : { kind: 'found' as const, accountId: list.accountId, item, now: list.now };
    };
    let found = await find();
    if (found.kind === 'found' && found.item.lastUse === null && wait > 0) {
      if (!(await ports.woken('app-password', id, '', wait * 1000))) return TOO_MANY_WAITING;
      found = await find();
    }
    return found.kind === 'refused' ? found : ok(appPasswordBody(found.item, found.now));
  },
  async revoke(ports: HttpPorts, caller: Caller, account: string, id: string) {
    const done = await revokeAppPasswords(ports, caller, { account, id });
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async revokeAll(ports: HttpPorts, caller: Caller, account: string) {
    const done = await revokeAppPasswords(ports, caller, { account });
    return done.kind === 'refused' ? done : ok({ revoked: [...done.revoked] });
  },
};

export const appPasswords: Handlers<
  | 'listAppPasswords'
  | 'createAppPassword'
  | 'getAppPassword'
  | 'revokeAppPassword'
  | 'revokeAppPasswords'
  | 'operatorRevokeAppPasswords'
  | 'listMyAppPasswords'
  | 'createMyAppPassword'
  | 'getMyAppPassword'
  | 'revokeMyAppPassword'
  | 'revokeMyAppPasswords'
> = {
  listAppPasswords: (ports, { caller, params }) => appPasswordCalls.list(ports, caller, params.account),
  createAppPassword: (ports, { caller, params, body }) => appPasswordCalls.create(ports, caller, params.account, body),
  getAppPassword: (ports, { caller, params, query }) =>
    appPasswordCalls.get(ports, caller, params.account, params.appPassword, query.wait),
  revokeAppPassword: (ports, { caller, params }) =>
    appPasswordCalls.revoke(ports, caller, params.account, params.appPassword),
  revokeAppPasswords: (ports, { caller, params }) => appPasswordCalls.revokeAll(ports, caller, params.account),
  async operatorRevokeAppPasswords(ports, { caller, params, body: { appPassword: id, ...more }, from }) {
    const done = await act(ports, caller, 'revoke-app-password', { account: params.account, id, ...more }, from.ip);
    return answerOf(done, ({ revoked }) => ok({ revoked: [...revoked] }));
  },
  // A person's own: a new one outlives the session, so it rests on proof that is minutes old, like a change of methods.
  listMyAppPasswords: (ports, { caller, person }) => appPasswordCalls.list(ports, caller, person.account.account),
  createMyAppPassword: (ports, { caller, page, person, body }) =>
    appPasswordCalls.create(
      ports,
      caller,
      person.account.account,
      body,
      provenIn(ports, page.portal, person, 'change'),
    ),
  getMyAppPassword: (ports, { caller, person, params, query }) =>
    appPasswordCalls.get(ports, caller, person.account.account, params.appPassword, query.wait),
  revokeMyAppPassword: (ports, { caller, person, params }) =>
    appPasswordCalls.revoke(ports, caller, person.account.account, params.appPassword),
  revokeMyAppPasswords: (ports, { caller, person }) =>
    appPasswordCalls.revokeAll(ports, caller, person.account.account),
};
