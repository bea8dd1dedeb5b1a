// The operators' desk: what an action would do, cases, verification of callers, bypass codes; and a customer's objection.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { canonicalAccount } from '../../../core/account/account.ts';
import { reasonNamed } from '../../../core/operator/console-policy.ts';
import { refuse } from '../../../core/outcome.ts';
import { object } from '../../../flows/object.ts';
import { act, previewAct } from '../../../flows/operator/act.ts';
import { answerCallerCheck, callerCheckState, startCallerCheck } from '../../../flows/operator/caller-check.ts';
import { approveCase, caseOf, closeCase, editCase } from '../../../flows/operator/cases.ts';
import { deskOptions } from '../../../flows/operator/desk-options.ts';
import { inboxOf } from '../../../flows/operator/inbox.ts';
import type { Handlers } from '../handler.ts';
import { instant, ok } from '../replies.ts';
import { answerOf, caseBody, misfit, waitingBody } from './desk-body.ts';

const PAGE = 50;
const named = (id: string): string | undefined => (id === 'all' ? undefined : id);

export const desk: Handlers<
  | 'getDeskOptions'
  | 'previewAct'
  | 'operatorRevokeTrust'
  | 'issueBypass'
  | 'startCallerCheck'
  | 'getCallerCheck'
  | 'answerCallerCheck'
  | 'listCases'
  | 'getCase'
  | 'getInbox'
  | 'approveCase'
  | 'returnCase'
  | 'withdrawCase'
  | 'editCase'
  | 'objectOnPage'
  | 'object'
> = {
  async getDeskOptions(ports, { caller, asked, params }) {
    const found = await deskOptions(ports, caller, params.account);
    if (found.kind === 'refused') return found;
    const locale = asked ?? found.locale;
    const { kind: _, locale: __, reasons, phone, email, pin, ...rest } = found;
    const body: ReplyOf<'getDeskOptions'> = {
      ...rest,
      bypass: { ...rest.bypass },
      actions: rest.actions.map((one) => ({ ...one })),
      methods: rest.methods.map((one) => ({ ...one })),
      phones: rest.phones.map((one) => ({ ...one })),
      trustedDevices: rest.trustedDevices.map((one) => ({ ...one })),
      appPasswords: rest.appPasswords.map((one) => ({ ...one })),
      cases: [...rest.cases],
      reasons: reasons.map(({ code, text }) => ({ code, text: text[locale] })),
      ...(phone === null ? {} : { phone }),
      ...(email === null ? {} : { email }),
      ...(pin === null ? {} : { pin: { ...pin } }),
    };
    return ok(body);
  },
  async previewAct(ports, { caller, params, body }) {
    const { action, verified, ...members } = body;
    const seen = await previewAct(ports, caller, action, {
      ...members,
      account: params.account,
      isVerified: verified,
    });
    if (seen.kind === 'refused') return seen;
    const { effects, riskFlags, needsSecond, callerCheck } = seen;
    return ok({ effects: effects.map((one) => ({ ...one })), riskFlags: [...riskFlags], needsSecond, callerCheck });
  },
  async operatorRevokeTrust(ports, { caller, params, body, from }) {
    const request = { ...body, account: params.account, id: named(params.device) };
    const done = await act(ports, caller, 'revoke-trust', request, from.ip);
    return answerOf(done, (result) => ok({ revoked: [...result.revoked] }));
  },
  async issueBypass(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'bypass', { ...body, account: params.account }, from.ip);
    return answerOf(done, ({ codes, expiresAt }) => ok({ codes: [...codes], expiresAt: instant(expiresAt) }, 201));
  },
  async startCallerCheck(ports, { caller, params, body }) {
    const check = await startCallerCheck(ports, caller, { ...body, account: params.account });
    if (check.kind === 'refused') return check;
    const told: ReplyOf<'startCallerCheck'> = {
      challenge: check.challenge,
      offered: check.offered.map((one) => ({ ...one })),
      ...(check.number === null ? {} : { number: check.number }),
      sentTo: [...check.sentTo],
      expiresAt: instant(check.expiresAt),
    };
    return ok(told, 201);
  },
  async getCallerCheck(ports, { caller, params }) {
    const found = await callerCheckState(ports, caller, params.challenge);
    return found.kind === 'refused' ? found : ok({ status: found.state });
  },
  async answerCallerCheck(ports, { caller, params, body }) {
    const found = await answerCallerCheck(ports, caller, { id: params.challenge, output: body.output });
    return found.kind === 'refused' ? found : ok({ status: found.state });
  },
  async listCases(ports, { caller, query }) {
    const subject =
      query.account === undefined
        ? undefined
        : await ports.store.account(caller.tenantId, canonicalAccount(query.account), false);
    if (query.account !== undefined && subject === undefined) return refuse('account-unknown');
    const limit = query.limit ?? PAGE;
    const { now, items } = await ports.cases.list(caller.tenantId, {
      state: query.status,
      accountId: subject?.account.id,
      after: query.after,
      limit: limit + 1,
    });
    const shown = items.slice(0, limit);
    return ok({
      items: shown.map((one) => caseBody(one, now, caller)),
      next: items.length > limit ? (shown.at(-1)?.id ?? null) : null,
      waiting: await ports.cases.waiting(caller.tenantId),
    });
  },
  async getInbox(ports, { caller }) {
    const items = (await inboxOf(ports, caller)).map(waitingBody);
    return ok({ items, mine: items.filter((one) => one.mayDecide).length });
  },
  async getCase(ports, { caller, params, asked }) {
    const found = await caseOf(ports, caller, params.case);
    if (found.kind === 'refused') return found;
    const tenant = await ports.tenants.find(caller.tenantId);
    const reason = tenant && reasonNamed(tenant.policy.console, found.case.reason);
    const told = reason === undefined ? {} : { reasonText: reason.text[asked ?? tenant?.policy.locale ?? 'en'] };
    return ok({ ...caseBody(found.case, found.now, caller), ...told });
  },
  async approveCase(ports, { caller, params, body }) {
    const done = await approveCase(ports, caller, { id: params.case, revision: body.revision });
    if (done.kind === 'refused') return done;
    if (done.kind === 'invalid') return misfit(done);
    const { result } = done;
    return ok({
      case: caseBody(done.case, done.case.decidedAt ?? 0, caller),
      ...(result.kind === 'bypass'
        ? { bypass: { codes: [...result.codes], expiresAt: instant(result.expiresAt) } }
        : {}),
    });
  },
  async returnCase(ports, { caller, params, body }) {
    const done = await closeCase(ports, caller, { id: params.case, to: 'returned', ...body });
    return done.kind === 'refused' ? done : ok(caseBody(done.case, done.now, caller));
  },
  async withdrawCase(ports, { caller, params, body }) {
    const done = await closeCase(ports, caller, { id: params.case, to: 'withdrawn', reason: null, ...body });
    return done.kind === 'refused' ? done : ok(caseBody(done.case, done.now, caller));
  },
  async editCase(ports, { caller, params, body }) {
    const done = await editCase(ports, caller, { id: params.case, ...body });
    return done.kind === 'refused' ? done : ok(caseBody(done.case, done.now, caller));
  },
  async objectOnPage(ports, { page, body, from }) {
    const done = await object(ports, page.portal.caller, { ...body, ip: from.ip });
    return done.kind === 'refused' ? done : ok({ outcome: done.outcome, appPasswords: done.appPasswords });
  },
  async object(ports, { caller, body }) {
    const done = await object(ports, caller, { ...body, ip: null });
    return done.kind === 'refused' ? done : ok({ outcome: done.outcome, appPasswords: done.appPasswords });
  },
};
