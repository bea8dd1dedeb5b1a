// The rollout cockpit.
import { affectedAccounts, cockpit, previewSwitch, remind } from '../../../flows/rollout/cockpit.ts';
import type { Handlers } from '../handler.ts';
import { instant, ok } from '../replies.ts';

const DAY = 24 * 3600_000;
const dateOf = (day: number): string => instant(day * DAY).slice(0, 10);
const share = (value: number): number => Math.round(value * 10_000) / 10_000;

export const cockpitRoutes: Handlers<'getCockpit' | 'previewSwitch' | 'listAffected' | 'remindUnbound'> = {
  async getCockpit(ports, { caller }) {
    const view = await cockpit(ports, caller);
    return ok({
      phase: view.phase,
      schedule: view.schedule.map((s) =>
        s.cohort === undefined ? { at: s.at, phase: s.phase } : { at: s.at, phase: s.phase, cohort: s.cohort },
      ),
      limitAffected: view.limitAffected,
      accounts: view.accounts,
      bound: view.bound,
      frequency: view.frequency,
      cohorts: view.cohorts,
      adoption: [...view.adoption].map(([cohort, days]) => ({
        cohort,
        days: days.map(({ day, accounts, bound }) => ({ date: dateOf(day), accounts, bound })),
      })),
      forecast:
        view.forecast === null
          ? null
          : {
              method: view.forecast.method,
              error: view.forecast.error === null ? null : share(view.forecast.error),
              days: view.forecast.days.map((d) => ({
                date: dateOf(d.day),
                share: share(d.share),
                low: share(d.low),
                high: share(d.high),
              })),
            },
      hours: view.hours.map(({ hour, ...counts }) => ({ at: instant(hour * 3600_000), ...counts })),
    });
  },
  async previewSwitch(ports, { caller, body }) {
    return ok(await previewSwitch(ports, caller, body));
  },
  async listAffected(ports, { caller, query }) {
    const { items, next } = await affectedAccounts(ports, caller, {
      ...query,
      after: query.after ?? '',
      limit: query.limit ?? 200,
    });
    return ok({
      items: items.map((one) => ({
        account: one.account,
        ...(one.name === null ? {} : { name: one.name }),
        ...(one.cohort === null ? {} : { cohort: one.cohort }),
        bound: one.bound,
        effect: one.effect,
        frequency: one.frequency,
        ...(one.client === null ? {} : { client: one.client }),
        ...(one.version === null ? {} : { version: one.version }),
        ...(one.lastLoginAt === null ? {} : { lastLoginAt: instant(one.lastLoginAt) }),
        ...(one.remindedAt === null ? {} : { remindedAt: instant(one.remindedAt) }),
      })),
      next,
    });
  },
  async remindUnbound(ports, { caller, body }) {
    return ok(await remind(ports, caller, body));
  },
};
