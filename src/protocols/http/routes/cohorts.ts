// Cohorts by rules, the funnel, the plan and the exceptions; lists as files.
import { Readable } from 'node:stream';
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { csvRow } from '../../../core/csv.ts';
import { type RuledCohort, saysSomething } from '../../../core/rollout/cohort-rule.ts';
import { funnelOf } from '../../../core/rollout/steps.ts';
import { affectedAccounts } from '../../../flows/rollout/cockpit.ts';
import { deleteCohort, runCohort, saveCohort } from '../../../flows/rollout/cohorts.ts';
import { putException, putPlan } from '../../../flows/rollout/plan.ts';
import { failingAccounts } from '../../../flows/rollout/see-cutovers.ts';
import type { Handlers } from '../handler.ts';
import { instant, invalid, NO_CONTENT, ok, type Reply } from '../replies.ts';
import { answerOf } from './desk-body.ts';

const PAGE = 500;
/** Unknown accounts of a list that are told by name. */
const NAMED = 20;

const bodyOf = ({ cursor: _, most: __, ...cohort }: RuledCohort): ReplyOf<'listCohorts'>['items'][number] => ({
  ...cohort,
  rule: { ...cohort.rule } as ReplyOf<'listCohorts'>['items'][number]['rule'],
  changedAt: instant(cohort.changedAt),
  ranAt: cohort.ranAt === null ? null : instant(cohort.ranAt),
});

/** A file that is written as it is read: no list is too long for it. */
const file = (name: string, lines: AsyncIterable<string>): Reply => ({
  status: 200,
  body: Readable.from(lines),
  headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}.csv"` },
});

export const cohorts: Handlers<
  | 'listCohorts'
  | 'saveCohort'
  | 'runCohort'
  | 'deleteCohort'
  | 'getFunnel'
  | 'putPlan'
  | 'putException'
  | 'exportAffected'
  | 'exportFailing'
> = {
  async listCohorts(ports, { caller }) {
    return ok({ items: (await ports.cohorts.list(caller.tenantId)).map(bodyOf) });
  },
  async saveCohort(ports, { caller, params, body }) {
    if (!saysSomething(body.rule)) return invalid('/rule', 'empty', 'says nothing: it would take everybody');
    const done = await saveCohort(ports, caller, { name: params.name, ...body });
    if (done.kind === 'refused') return done;
    const { count, first } = await ports.cohorts.unknown(caller.tenantId, params.name, NAMED);
    return ok({ ...bodyOf(done.cohort), unknown: { count, first: [...first] } });
  },
  async runCohort(ports, { caller, params, body, from }) {
    const done = await runCohort(ports, caller, { name: params.name, ...body, ip: from.ip });
    return answerOf(done, ({ cohort }) => ok(bodyOf(cohort), 202));
  },
  async deleteCohort(ports, { caller, params }) {
    const done = await deleteCohort(ports, caller, params.name);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async getFunnel(ports, { caller, query }) {
    return ok(funnelOf(await ports.steps.groups(caller.tenantId, query.cohort)));
  },
  async putPlan(ports, { caller, body }) {
    const done = await putPlan(ports, caller, body);
    return done.kind === 'refused' ? done : ok({ version: done.version });
  },
  async putException(ports, { caller, body, from }) {
    const done = await putException(ports, caller, { ...body, ip: from.ip });
    return answerOf(done, ({ version }) => ok({ version }));
  },
  async exportAffected(ports, { caller, query }) {
    async function* lines(): AsyncGenerator<string> {
      yield csvRow([
        'account',
        'name',
        'cohort',
        'effect',
        'logs in',
        'client',
        'version',
        'bound',
        'last login',
        'reminded',
      ]);
      for (let after: string | null = ''; after !== null; ) {
        const page: Awaited<ReturnType<typeof affectedAccounts>> = await affectedAccounts(ports, caller, {
          ...query,
          after,
          limit: PAGE,
        });
        let text = '';
        for (const one of page.items)
          text += csvRow([
            one.account,
            one.name,
            one.cohort,
            one.effect,
            one.frequency,
            one.client,
            one.version,
            one.bound.join(' '),
            one.lastLoginAt === null ? null : instant(one.lastLoginAt),
            one.remindedAt === null ? null : instant(one.remindedAt),
          ]);
        if (text !== '') yield text;
        after = page.next;
      }
    }
    return file(`hufu-${query.effect}`, lines());
  },
  async exportFailing(ports, { caller, params }) {
    const first = await failingAccounts(ports, caller, { id: params.id, after: '', limit: PAGE });
    if (first.kind === 'refused') return first;
    async function* lines(): AsyncGenerator<string> {
      yield csvRow(['account', 'name', 'tried', 'why']);
      for (let page: Awaited<ReturnType<typeof failingAccounts>> = first; page.kind === 'failing'; ) {
        for (const one of page.items) yield csvRow([one.account, one.name, instant(one.triedAt), one.why]);
        if (page.next === null) return;
        page = await failingAccounts(ports, caller, { id: params.id, after: page.next, limit: PAGE });
      }
    }
    return file('hufu-not-in', lines());
  },
};
