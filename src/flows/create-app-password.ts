// Making an app password: random, told once in the reply, kept as a keyed hash only (CM-5.2, APW-03). Several may be in force, up to the policy's limit.
import { canonicalAccount } from '../core/account/account.ts';
import {
  type AppPasswordPolicy,
  type MailProtocol,
  type MailServer,
  makeAppPassword,
} from '../core/app-password/app-password.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { makeId } from '../core/ids.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import type { AccountSnapshot } from '../core/store.ts';
import { noticesOf } from './notices.ts';
import { tenantOf } from './tenant.ts';

/** How long the link to a profile for a phone lasts. */
const PROFILE_SECONDS = 300;

export interface AppPasswordCreated {
  readonly kind: 'created';
  readonly id: string;
  readonly name: string;
  readonly protocols: readonly MailProtocol[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** Sixteen characters; nobody can see them again. */
  readonly password: string;
  readonly settings: MailSettings;
  /** The token of the one-time link, where one was wanted and the policy knows an IMAP or POP3 and an SMTP server. */
  readonly profile: { readonly token: string; readonly expiresAt: number } | null;
}

/** What a mail program is told besides the password. */
export interface MailSettings {
  readonly address: string;
  readonly user: string;
  readonly servers: { readonly [P in MailProtocol]?: MailServer };
}

export interface CreateAppPassword {
  readonly account: string;
  readonly name: string;
  readonly protocols?: readonly MailProtocol[] | undefined;
  readonly expiresAt?: number | undefined;
  /** Also make a one-time link to a profile that sets a phone up. */
  readonly profile?: boolean | undefined;
}

/** What making one must rest on besides the caller's word, with the writes that spend it. */
export type Proof = (
  snapshot: AccountSnapshot,
) => Promise<{ readonly kind: 'proven'; readonly writes: readonly Write[] } | Refusal>;

const WORD_OF_CALLER: Proof = async () => ({ kind: 'proven', writes: [] });

/** Makes one. The caller, or `proof`, has proven that the account's owner asks; the owner is told on every channel. */
export async function createAppPassword(
  ports: Ports,
  caller: Caller,
  input: CreateAppPassword,
  proof: Proof = WORD_OF_CALLER,
): Promise<AppPasswordCreated | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account, now } = snapshot;
    if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
    const rules = policy.appPasswords;
    const protocols = rules.protocols.filter((protocol) => input.protocols?.includes(protocol) ?? true);
    const isKnown = (input.protocols ?? []).every((protocol) => rules.protocols.includes(protocol));
    if (!rules.enabled || !isKnown || protocols.length === 0) return refuse('app-passwords-off');
    const { items } = await ports.appPasswords.list(account.id);
    const inForce = items.filter((item) => item.expiresAt === null || item.expiresAt > now).length;
    if (inForce >= rules.most) return refuse('too-many-app-passwords', { most: rules.most });
    const proven = await proof(snapshot);
    if (proven.kind === 'refused') return proven;

    const password = makeAppPassword(ports.random);
    const id = makeId('apw', now, ports.random(18));
    const { tag, pepperId } = await ports.appPasswords.tag(account.tenantId, account.id, password);
    const expiresAt = earliest(
      input.expiresAt,
      rules.expiresDays === undefined ? undefined : now + rules.expiresDays * DAY,
    );
    const settings = settingsOf(rules, account, protocols);
    const writes: Write[] = [
      ...proven.writes,
      {
        op: 'insert-app-password',
        tenantId: account.tenantId,
        accountId: account.id,
        id,
        tag,
        pepperId,
        name: input.name,
        protocols,
        expiresAt,
        most: rules.most,
      },
      {
        op: 'audit',
        event: {
          tenantId: account.tenantId,
          accountId: account.id,
          event: 'app-password.created',
          actor: caller.actor,
          data: { appPassword: id, name: input.name, protocols: protocols.join(' ') },
        },
      },
      ...noticesOf(ports, policy, snapshot, 'app-password-created'),
    ];
    let profile: AppPasswordCreated['profile'] = null;
    const hasServers =
      (settings.servers.imap ?? settings.servers.pop3) !== undefined && settings.servers.smtp !== undefined;
    if (input.profile === true && hasServers) {
      const sealed = ports.appPasswords.profiles.seal(JSON.stringify({ password, name: input.name, settings }));
      const ends = now + PROFILE_SECONDS * 1000;
      writes.push({
        op: 'insert-mail-profile',
        tokenHash: sealed.tokenHash,
        tenantId: account.tenantId,
        accountId: account.id,
        appPasswordId: id,
        sealed: sealed.sealed,
        expiresAt: ends,
      });
      profile = { token: sealed.token, expiresAt: ends };
    }
    const written = await ports.store.commit(account.id, writes);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'created', id, name: input.name, protocols, createdAt: now, expiresAt, password, settings, profile };
  });
}

const DAY = 24 * 3600_000;
const earliest = (...at: (number | undefined)[]): number | null => {
  const given = at.filter((one) => one !== undefined);
  return given.length === 0 ? null : Math.min(...given);
};

/** Where the account's mail is, for those protocols. */
export function settingsOf(
  rules: AppPasswordPolicy,
  account: { readonly account: string; readonly email: string | null },
  protocols: readonly MailProtocol[],
): MailSettings {
  const [domain] = rules.domains;
  const address = account.account.includes('@')
    ? account.account
    : domain === undefined
      ? (account.email ?? account.account)
      : `${account.account}@${domain}`;
  const servers = Object.fromEntries(
    protocols.flatMap((protocol) => {
      const server = rules.settings[protocol];
      return server === undefined ? [] : [[protocol, server]];
    }),
  );
  return { address, user: rules.userName === 'address' ? address : account.account, servers };
}
