// The only file that knows every room: plain constructor calls, from a configuration to a house that can serve.
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { authenticatorTypes } from './authenticators/index.ts';
import { captchas } from './captcha.ts';
import type { Channels } from './channels/channel.ts';
import { isPushService, type WebPush, webPush } from './channels/web-push/web-push.ts';
import type { WechatApp } from './channels/wechat/api.ts';
import { personFrom } from './channels/wechat/person.ts';
import { type Reminder, wechatReminder } from './channels/wechat/reminder.ts';
import { type MailDoors, type MailOptions, mailDoors } from './compose-mail.ts';
import { freshKey, readyForOperators } from './compose-operators.ts';
import { rolloutParts } from './compose-rollout.ts';
import { sendingParts } from './compose-sending.ts';
import { ConfigError } from './config.ts';
import { parsePolicy } from './contract/policy.ts';
import { editRules } from './contract/policy-edit.ts';
import { editRollout } from './contract/policy-rollout.ts';
import type { PlaceOf } from './core/approval/canonical.ts';
import type { Checkpoint } from './core/audit/chain.ts';
import type { Challenge } from './core/challenge/challenge.ts';
import type { ChannelName } from './core/outbox/message.ts';
import type { Policy } from './core/policy/policy.ts';
import type { Ports } from './core/ports.ts';
import { addressBudget } from './core/throttle/addresses.ts';
import { turns } from './core/throttle/turns.ts';
import { crypto } from './crypto.ts';
import { firstFactors } from './first-factors/index.ts';
import { runBulk } from './flows/bulk/run.ts';
import { every, type Job } from './jobs/every.ts';
import { followEvents } from './jobs/follow-events.ts';
import { indexAccounts } from './jobs/index-accounts.ts';
import { prune } from './jobs/prune.ts';
import { sealAudit, signCheckpoint } from './jobs/seal-audit.ts';
import { nonces } from './nonce.ts';
import { canonicalOutput } from './otp/output.ts';
import { mac, passwords, phoneNumber, qr, reaches, signatures, tokens } from './platform.ts';
import { assertionPayload } from './protocols/http/assertion.ts';
import type { HttpPorts } from './protocols/http/handler.ts';
import { httpServer } from './protocols/http/server.ts';
import { metrics } from './protocols/metrics/metrics.ts';
import { relyingParties, tellingEnds } from './relying-parties.ts';
import { appPasswordStore } from './storage/app-passwords.ts';
import { approvalStore } from './storage/approvals.ts';
import { auditStore, sha256 } from './storage/audit.ts';
import { bulkStore } from './storage/bulk.ts';
import { caseStore } from './storage/cases.ts';
import { customerStore } from './storage/customer.ts';
import { enrolmentStore } from './storage/enrolment.ts';
import { formerAuthenticators } from './storage/former.ts';
import { historyStore } from './storage/history.ts';
import { idempotencyStore } from './storage/idempotency.ts';
import { integrationStore } from './storage/integrations.ts';
import { type KeyFile, openKeyFile } from './storage/key-file.ts';
import { type Keyring, keyring } from './storage/keyring.ts';
import { auditLog } from './storage/log.ts';
import { marksOf } from './storage/marks.ts';
import { migrate } from './storage/migrate.ts';
import { operatorStore } from './storage/operators.ts';
import { policyVersions } from './storage/policies.ts';
import type { Postgres } from './storage/postgres.ts';
import { pruneStore } from './storage/prune.ts';
import { pushStore } from './storage/push.ts';
import { createRegistry, type Registry } from './storage/registry.ts';
import { searchStore } from './storage/search.ts';
import { sessionStore } from './storage/sessions.ts';
import { type SigningKeys, signingKeys } from './storage/signing.ts';
import { openSqlite, type Sqlite } from './storage/sqlite.ts';
import { stats } from './storage/stats.ts';
import { createStore } from './storage/store.ts';
import { trustStore } from './storage/trust.ts';
import { wechatStore, wechatTokens } from './storage/wechat.ts';
import { waiters } from './waiters.ts';

export interface HouseOptions {
  readonly database: { readonly sqlite: string } | { readonly postgres: string; readonly max?: number };
  readonly keyFile: string;
  readonly baseUrl: string;
  readonly channels: Channels;
  readonly requestsPerSecond: number;
  /** Where operators reach the console. */
  readonly consoleUrl?: string;
  /** What mail servers ask with. */
  readonly mail?: MailOptions;
  /** The mini-program in WeChat, with the reminder it may send; absent: there is none. */
  readonly wechat?: WechatApp & { readonly reminder?: Reminder };
  /** What differs from the usual in waking phones. */
  readonly push?: Partial<Pick<WebPush, 'subject' | 'hosts' | 'timeoutMs' | 'ca'>>;
  /** Names of the places addresses are in; none are known without. */
  readonly placeOf?: PlaceOf;
  /** ms since the epoch; tests give their own, and then PostgreSQL uses it too. */
  readonly clock?: () => number;
  /** Where the pages were built to; tests may have their own. */
  readonly webRoot?: string;
  /** Reverse proxies that may say where a request comes from. */
  readonly proxies?: readonly string[];
  readonly random?: (bytes: number) => Uint8Array;
  readonly onFault?: (error: unknown, where: string) => void;
}

export interface House {
  readonly db: Sqlite | Postgres;
  readonly keys: Keyring;
  readonly keyFile: KeyFile;
  readonly registry: Registry;
  readonly signing: SigningKeys;
  readonly ports: Ports;
  /** Where operators reach the console. */
  readonly consoleUrl: string;
  /** Builds the HTTP server; the caller listens and closes it. */
  http(): FastifyInstance;
  /** The doors that mail servers ask at, besides those beside the API. */
  readonly mail: MailDoors;
  /** Builds the admin listener's server, for operators at `consoleUrl`: the console and what it calls, health and metrics. */
  admin(): Promise<FastifyInstance>;
  /** Makes sure that there is the tenant whose accounts the operators are, with this version's policy. */
  readyForOperators(): Promise<void>;
  /** Starts the jobs that run beside requests. */
  startJobs(): void;
  /** Whether a running node sends by the channel: this one, or another that said so lately. */
  hasNode(channel: ChannelName): Promise<boolean>;
  /** One round of the outbox, for tests and for a command. */
  deliver(): Promise<number>;
  /** Seals the audit log up to now; resolves to how many events were sealed. */
  seal(): Promise<number>;
  /** Seals, and signs where the chain stands; undefined while the log is empty. */
  checkpoint(): Promise<Checkpoint | undefined>;
  /** Brings what the cockpit counts up to date. */
  count(): Promise<void>;
  /** Goes on with runs of cohorts; counts who tried in the open cut-overs, pauses them or goes on. */
  watch(): Promise<void>;
  /** Works on bulk work until nothing of it waits; `isStopped` leaves the rest to the next round. */
  work(isStopped?: () => boolean): Promise<void>;
  /** Clears away what no longer matters; resolves to how many rows went. */
  prune(): Promise<number>;
  close(): Promise<void>;
}

/** Opens the store, brings it up to date, and puts the rooms together. Throws with plain words when it cannot. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const clock = options.clock ?? Date.now;
  const onFault = options.onFault ?? (() => {});
  const keyFile = openKeyFile(options.keyFile);
  const { database } = options;
  const db =
    'sqlite' in database
      ? openSqlite(database.sqlite, clock)
      : (await import('./storage/postgres.ts')).openPostgres({
          url: database.postgres,
          ...(database.max === undefined ? {} : { max: database.max }),
          ...(options.clock === undefined ? {} : { clock }),
        });
  await migrate(db);
  const keys = keyring(db, keyFile);
  const registry = createRegistry(db, policyOf, clock);
  const signing = signingKeys(db, keys);
  const waiting = waiters(marksOf(db));
  const push = pushStore(db, keys);
  const wakePhones = webPush({
    keys: () => push.keys(),
    gone: (phoneId) => push.drop(phoneId),
    subject: options.baseUrl.startsWith('https:') ? options.baseUrl : 'mailto:nobody@localhost.invalid',
    timeoutMs: 10_000,
    ...options.push,
  });
  const mini = options.wechat;
  const wechatPhones = wechatStore(db, keys, keyFile);
  const channels: Channels = {
    push: wakePhones,
    ...(mini?.reminder === undefined
      ? {}
      : { wechat: wechatReminder(mini, mini.reminder, wechatTokens(db, keys), (id) => wechatPhones.openidOf(id)) }),
    ...options.channels,
  };
  const messages = sendingParts(db, keys, channels, clock, (error) => onFault(error, 'outbox'));
  const sending = messages.delivery;
  const audit = auditStore(db, keys);
  const pruning = pruneStore(db);
  const rollout = rolloutParts(db);
  const jobs: Job[] = [];
  let stopped = false;
  const job = (name: string, ms: number, round: () => Promise<unknown>): Job => {
    const made = every(ms, round, (error) => onFault(error, name));
    jobs.push(made);
    return made;
  };
  let sender: Job | undefined;
  let worker: Job | undefined;
  const pruneAll = async (): Promise<number> => {
    const tenants = await Promise.all((await registry.all()).map((id) => registry.get(id, 0)));
    return prune(pruning, tenants, () => stopped);
  };

  const ports: Ports = {
    store: tellingEnds(createStore(db, keys), (accountId) => openId.sessionEnded(accountId)),
    ...rollout.ports,
    enrolment: enrolmentStore(db, keys),
    crypto,
    baseUrl: options.baseUrl,
    qr,
    tenants: registry,
    types: authenticatorTypes(mac, signatures, siteOf(options.baseUrl)),
    passwords: passwords(),
    appPasswords: appPasswordStore(db, keyFile),
    sessions: sessionStore(db),
    operators: operatorStore(db),
    integrations: integrationStore(db),
    history: historyStore(db),
    search: searchStore(db),
    customers: customerStore(db),
    log: auditLog(db),
    former: formerAuthenticators(db, keys),
    tokens,
    captcha: captchas(keyFile),
    firstFactors: firstFactors(
      async (tenantId, payload) => (await signing.signer(tenantId)).jws(payload),
      options.baseUrl,
      clock,
    ),
    trust: trustStore(db),
    nonces: nonces(keyFile),
    addresses: addressBudget(),
    turns: turns(),
    canonicalOutput,
    random: options.random ?? randomBytes,
    phone: phoneNumber,
    reaches,
    sends: messages.sends,
    editRollout,
    editRules,
    readPolicy: parsePolicy,
    policies: policyVersions(db),
    bulk: bulkStore(db),
    approvals: approvalStore(db),
    cases: caseStore(db, keyFile),
    push,
    wechatPhones,
    wechat:
      mini === undefined
        ? null
        : { appId: mini.appId, template: mini.reminder?.template ?? null, personOf: personFrom(mini) },
    isPushService: (endpoint) => isPushService(endpoint, options.push?.hosts),
    placeOf: options.placeOf ?? (() => null),
    wake(what, id) {
      if (what === 'outbox') setImmediate(() => sender?.wake());
      else if (what === 'bulk') setImmediate(() => worker?.wake());
      else waiting.wake(id);
    },
  };
  for (const id of await registry.all()) await keys.ready(id);

  const openId = relyingParties({ db, keys, signing, ports, baseUrl: options.baseUrl, clock: Date.now, onFault });

  const consoleUrl = new URL(options.consoleUrl ?? 'http://localhost').origin;

  const node = randomBytes(9).toString('base64url');
  const work = (isStopped: () => boolean = () => false): Promise<void> =>
    runBulk(ports, node, isStopped, (error) => onFault(error, 'bulk'));

  const failing = async (): Promise<readonly string[]> => {
    const names: string[] = [];
    await db.query('SELECT 1 AS ok', {}).catch(() => names.push('database'));
    return names;
  };

  const httpPorts: HttpPorts = {
    ...ports,
    assertion: async (challenge: Challenge, account: string, at: number, approved = false) =>
      (await signing.signer(challenge.tenantId)).jws(
        assertionPayload(challenge, account, at, options.baseUrl, approved),
      ),
    jwks: () => signing.jwks(),
    failing,
    woken: (what, id, seen, ms) => waiting.wait(what, id, seen, ms),
    profileUrl: (token) => new URL(`/mail/profile/${token}`, options.baseUrl).href,
    apiKey: (token) => registry.apiKey(token),
    rememberedKey: (token) => registry.rememberedKey(token),
    mayBeKey: (token) => registry.mayBeKey(token),
    idempotency: idempotencyStore(db, keys),
    freshKey,
    channels: messages.channels,
    consoleUrl,
    requestsPerSecond: options.requestsPerSecond,
  };

  const mail = mailDoors(ports, db, registry, options.mail ?? {}, onFault);

  return {
    db,
    keys,
    keyFile,
    registry,
    signing,
    ports,
    consoleUrl,
    mail,
    http: () =>
      httpServer({
        ports: httpPorts,
        clock: Date.now,
        onFault,
        baseUrl: options.baseUrl,
        webRoot: options.webRoot ?? WEB_ROOT,
        proxies: options.proxies ?? [],
        doors: [(app) => openId.mount(app), (app) => mail.register(app)],
      }),
    async admin() {
      await readyForOperators(registry, keys, ports);
      const app = httpServer({
        // A passkey is bound to where it was made: operators' to the console.
        ports: { ...httpPorts, types: authenticatorTypes(mac, signatures, siteOf(consoleUrl)) },
        clock: Date.now,
        onFault,
        consoleUrl,
        webRoot: options.webRoot ?? WEB_ROOT,
        proxies: options.proxies ?? [],
      });
      const stop = await metrics(app, { ...stats(db, messages.channels), failing });
      app.get('/livez', async () => ({ status: 'ok' }));
      app.addHook('onClose', async () => stop());
      return app;
    },
    readyForOperators: () => readyForOperators(registry, keys, ports),
    startJobs() {
      if (sender !== undefined) return;
      sender = job('outbox', 1000, () => sending.start());
      job('outbox', 60_000, () => messages.serve());
      job('audit', 1000, () => sealAudit(audit, sha256));
      job('audit', 10 * 60_000, () => signCheckpoint(audit));
      job('prune', 3600_000, pruneAll);
      worker = job('bulk', 5000, () => work(() => stopped));
      rollout.start(job, ports, () => stopped);
      job('events', 5000, () => followEvents(ports.log, () => stopped));
      job('search', 60_000, () => indexAccounts(ports.search, () => stopped));
    },
    hasNode: messages.hasNode,
    deliver: () => sending.drain(),
    seal: () => sealAudit(audit, sha256),
    async checkpoint() {
      await sealAudit(audit, sha256);
      return signCheckpoint(audit);
    },
    count: () => rollout.count(),
    watch: () => rollout.watch(ports),
    work,
    prune: pruneAll,
    async close() {
      stopped = true;
      waiting.stop();
      await Promise.all([...jobs.map((one) => one.stop()), sending.stop()]);
      await db.close();
    },
  };
}

/** A stored document was checked before it was stored; one that no longer parses is a fault, and nobody is let in by it. */
export function policyOf(document: string): Policy {
  const { policy, errors } = parsePolicy(document);
  if (policy === null)
    throw new Error(
      `the stored policy does not fit this version: ${errors.map((e) => `${e.at} ${e.message}`).join('; ')}`,
    );
  return policy;
}

const WEB_ROOT = join(import.meta.dirname, '../dist/web');

/** Makes the folders a file needs, private to this user. Throws in a folder that is somebody else's. */
export const folderFor = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new ConfigError(`${folder} lies at or under a file: name a folder with --data or HUFU_DATA`, {
      cause: error,
    });
  }
  notOurs(folder, statSync(folder).uid, process.getuid?.());
};

/** Root may write anywhere; but a key file it rotates or a database it restores in a service's folder is one that the service can read no more. */
export function notOurs(folder: string, owner: number, self: number | undefined): void {
  if (self === 0 && owner !== 0)
    throw new Error(
      `${folder} belongs to the user ${owner}, not to root: run this as that user (sudo -u '#${owner}' …), or the server could not read what this writes`,
    );
}

/** Our pages as passkeys know them: bound to the host name, whatever the port or scheme (WebAuthn §5.1.2). */
const siteOf = (baseUrl: string): { origin: string; rpId: string; rpName: string } => {
  const { origin, hostname } = new URL(baseUrl);
  return { origin, rpId: hostname, rpName: 'Hufu' };
};
