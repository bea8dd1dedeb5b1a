// What operators ask of customers.
import { Readable } from 'node:stream';
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { maskEmail, maskPhone } from '../../../core/account/account.ts';
import { CSV_HEAD, csvLine } from '../../../core/audit/csv.ts';
import { jsonLine } from '../../../core/audit/jsonl.ts';
import { auditExport, auditPage } from '../../../flows/audit-log.ts';
import { type CustomerView, customerOf } from '../../../flows/customer.ts';
import { searchAccounts } from '../../../flows/search.ts';
import { type Happening, timelineOf } from '../../../flows/timeline.ts';
import { type LoginWhy, whyLogin } from '../../../flows/why-login.ts';
import type { Handlers } from '../handler.ts';
import { instant, ok, suspensionsBody } from '../replies.ts';

const PAGE = 25;
const LONG_PAGE = 50;
const maybe = (ms: number | null): string | null => (ms === null ? null : instant(ms));

export const customers: Handlers<
  'searchCustomers' | 'getCustomer' | 'getTimeline' | 'whyLogin' | 'listAudit' | 'exportAudit'
> = {
  async searchCustomers(ports, { caller, query }) {
    const found = await searchAccounts(ports, caller, { ...query, q: query.q ?? '', limit: query.limit ?? PAGE });
    const body: ReplyOf<'searchCustomers'> = {
      items: found.items.map((one) => ({
        account: one.account,
        ...(one.name === null ? {} : { name: one.name }),
        ...(one.phone === null ? {} : { phoneHint: maskPhone(one.phone) }),
        ...(one.email === null ? {} : { emailHint: maskEmail(one.email) }),
        status: one.status,
        ...(one.cohort === null ? {} : { cohort: one.cohort }),
        foundBy: one.by,
      })),
      next: found.next,
      isComplete: found.isComplete,
    };
    return ok(body);
  },
  async getCustomer(ports, { caller, params }) {
    const found = await customerOf(ports, caller, params.account);
    return found.kind === 'refused' ? found : ok(customerBody(found));
  },
  async getTimeline(ports, { caller, params, query }) {
    const found = await timelineOf(ports, caller, { ...params, ...query, limit: query.limit ?? LONG_PAGE });
    if (found.kind === 'refused') return found;
    const body: ReplyOf<'getTimeline'> = { items: found.items.map(happeningBody), next: found.next };
    return ok(body);
  },
  async whyLogin(ports, { caller, params }) {
    const why = await whyLogin(ports, caller, params.id);
    return why.kind === 'refused' ? why : ok(whyBody(why));
  },
  async listAudit(ports, { caller, query }) {
    const { items, next } = await auditPage(ports, caller, { ...query, limit: query.limit ?? LONG_PAGE });
    const body: ReplyOf<'listAudit'> = {
      items: items.map((one) => ({ ...one, at: instant(one.at), data: { ...one.data } })),
      next,
    };
    return ok(body);
  },
  async exportAudit(ports, { caller, query }) {
    const { format = 'jsonl', ...filter } = query;
    const stretches = await auditExport(ports, caller, { ...filter, format });
    const isCsv = format === 'csv';
    async function* lines(): AsyncGenerator<Buffer> {
      if (isCsv) yield Buffer.from(CSV_HEAD, 'utf8');
      for await (const rows of stretches) yield Buffer.from(rows.map(isCsv ? csvLine : jsonLine).join(''), 'utf8');
    }
    return {
      status: 200,
      body: Readable.from(lines(), { objectMode: false }),
      headers: {
        'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8',
        'content-disposition': `attachment; filename="audit-${caller.tenantId}.${format}"`,
      },
    };
  },
};

function customerBody(found: CustomerView): ReplyOf<'getCustomer'> {
  const { view, enrolment, wechat } = found;
  const { account } = view.snapshot;
  return {
    id: account.id,
    account: account.account,
    ...(account.name === null ? {} : { name: account.name }),
    status: account.status,
    suspensions: suspensionsBody(view),
    locked:
      found.locked === null
        ? null
        : { failures: found.locked.failures, since: instant(found.locked.since), until: maybe(found.locked.until) },
    phase: view.phase,
    ...(account.cohort === null ? {} : { cohort: account.cohort }),
    locale: account.locale,
    createdAt: instant(account.createdAt),
    lastLoginAt: maybe(found.lastLoginAt),
    sessions: found.sessions,
    contacts: {
      phone: account.phone === null ? null : maskPhone(account.phone),
      email: account.email === null ? null : maskEmail(account.email),
    },
    methods: view.authenticators.map(({ id, type, hint, status, boundAt, codesLeft }) => ({
      id,
      type,
      hint,
      status,
      boundAt: instant(boundAt),
      ...(codesLeft === null ? {} : { codesLeft }),
    })),
    mayBind: [...view.mayBind],
    phones: {
      ...enrolment.slots,
      pinSet: found.pinSet,
      registration:
        enrolment.ticket === null
          ? null
          : { status: enrolment.ticket.status, expiresAt: instant(enrolment.ticket.expiresAt) },
      items: [
        ...enrolment.phones.map((phone) => ({ phone, kind: 'app' as const })),
        ...wechat.map((phone) => ({ phone, kind: 'wechat' as const })),
      ].map(({ phone: { id, name, platform, role, status, joinedAt, lastUsedAt }, kind }) => ({
        id,
        name,
        platform,
        kind,
        role,
        status,
        joinedAt: instant(joinedAt),
        lastUsedAt: maybe(lastUsedAt),
      })),
    },
    trustedDevices: found.trusted.map(({ id, name, ip, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      name,
      ip,
      createdAt: instant(createdAt),
      lastUsedAt: instant(lastUsedAt),
      expiresAt: instant(expiresAt),
    })),
    appPasswords: found.appPasswords.map(({ id, name, protocols, createdAt, expiresAt, lastUse }) => ({
      id,
      name,
      protocols: [...protocols],
      createdAt: instant(createdAt),
      expiresAt: maybe(expiresAt),
      lastUse: lastUse === null ? null : { at: instant(lastUse.at), protocol: lastUse.protocol, ip: lastUse.ip },
    })),
    clientDevices: found.devices.map((d) => ({
      id: d.id,
      name: d.name,
      client: d.clientId,
      version: d.version,
      status: d.revokedAt === null ? ('active' as const) : ('revoked' as const),
      firstUsedAt: instant(d.firstUsedAt),
      lastUsedAt: instant(d.lastUsedAt),
    })),
    messages: found.messages.map((m) => ({
      channel: m.channel as ReplyOf<'getCustomer'>['messages'][number]['channel'],
      purpose: m.purpose === 'code' ? 'code' : 'notice',
      to: m.to,
      status: m.status,
      at: instant(m.at),
      sentAt: maybe(m.sentAt),
      ...(m.error === null ? {} : { error: m.error }),
    })),
  };
}

const happeningBody = (one: Happening): ReplyOf<'getTimeline'>['items'][number] => ({
  seq: one.seq,
  at: instant(one.at),
  event: one.event,
  actor: one.actor,
  kinds: [...one.kinds],
  ...(one.login === null ? {} : { login: one.login }),
  ...(one.where === null
    ? {}
    : {
        where: {
          client: one.where.client,
          version: one.where.version,
          ...(one.where.ip === null ? {} : { ip: one.where.ip }),
          ...(one.where.device === null ? {} : { device: one.where.device }),
          ...(one.where.userAgent === null ? {} : { userAgent: one.where.userAgent }),
        },
      }),
  data: { ...one.data },
});

function whyBody({ decision, facts, ...why }: LoginWhy): ReplyOf<'whyLogin'> {
  return {
    login: why.login,
    account: why.account,
    purpose: why.purpose,
    at: instant(why.at),
    policyVersion: why.policyVersion,
    policyVersionNow: why.policyVersionNow,
    isRecorded: why.isRecorded,
    facts: {
      client: facts.client,
      version: facts.clientVersion,
      tooOld: facts.isTooOld,
      phase: facts.phase,
      cohort: facts.cohort,
      bound: [...facts.bound],
    },
    decision: {
      kind: decision.kind,
      types: 'types' in decision ? [...decision.types] : [],
      recovery: 'recovery' in decision ? [...decision.recovery] : [],
      ...('why' in decision ? { why: decision.why } : {}),
    },
    ...(why.trusted === null ? {} : { trusted: why.trusted }),
    ...(why.refusal === null ? {} : { refusal: why.refusal }),
    trace: why.trace.map((t) => ({ ...t, conditions: t.conditions.map((c) => ({ ...c })) })),
    steps: why.steps.map(happeningBody),
  };
}
