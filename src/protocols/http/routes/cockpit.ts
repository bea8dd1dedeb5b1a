// The rollout cockpit.

import type { ReplyOf } from '../../../contract/endpoints.ts';
import { percentOf } from '../../../core/rollout/cutover.ts';
import type { Forecast } from '../../../core/rollout/forecast.ts';
import { affectedAccounts, cockpit, remind } from '../../../flows/rollout/cockpit.ts';
import { previewSwitch } from '../../../flows/rollout/preview.ts';
import type { Handlers } from '../handler.ts';
import { instant, ok } from '../replies.ts';

const DAY = 24 * 3600_000;
const dateOf = (day: number): string => instant(day * DAY).slice(0, 10);
const tenth = (value: number): number => Math.round(value * 10) / 10;
const forecastOf = (forecast: Forecast | null): ReplyOf<'getCockpit'>['forecast'] =>
  forecast === null
    ? null
    : {
        method: forecast.method,
        error: forecast.error === null ? null : share(forecast.error),
        days: forecast.days.map((d) => ({
          date: dateOf(d.day),
          share: share(d.share),
          low: share(d.low),
          high: share(d.high),
        })),
      };
const share = (value: number): number => Math.round(value * 10_000) / 10_000;

export const cockpitRoutes: Handlers<'getCockpit' | 'previewSwitch' | 'listAffected' | 'remindUnbound'> = {
  async getCockpit(ports, { caller }) {
    const view = await cockpit(ports, caller);
    return ok({
      phase: view.phase,
      since: view.since === null ? null : instant(view.since),
      cutovers: view.cutovers.map((one) => ({
        id: one.id,
        cohort: one.cohort,
        phase: one.phase,
        status: one.status === 'paused' ? 'paused' : 'running',
        percent: percentOf(one),
        startedAt: instant(one.startedAt),
        stageAt: instant(one.stageAt),
      })),
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
        forecast: forecastOf(view.forecasts.get(cohort) ?? null),
      })),
      forecast: forecastOf(view.forecast),
      hours: view.hours.map(({ hour, ...counts }) => ({ at: instant(hour * 3600_000), ...counts })),
      plan: (view.rollout.plan ?? []).map((point) => ({ ...point })),
      hotline: view.rollout.hotline === undefined ? null : { ...view.rollout.hotline },
      campaigns: view.campaigns.map((one) => ({ ...one, at: instant(one.at) })),
      exceptions: Object.entries(view.rollout.exceptions ?? {}).map(([account, until]) => ({ account, until })),
    });
  },
  async previewSwitch(ports, { caller, body }) {
    const { at, ...change } = body;
    const seen = await previewSwitch(ports, caller, { ...change, at: at === undefined ? undefined : Date.parse(at) });
    const { hours, perDay, error, ...hotline } = seen.hotline;
    return ok({
      ...seen,
      hotline: {
        ...hotline,
        error: error === null ? null : share(error),
        perDay: perDay.map(tenth),
        hours: hours.map(({ hour, calls }) => ({ at: instant(hour * 3600_000), calls: tenth(calls) })),
      },
      remaining: {
        share: share(seen.remaining.share),
        low: share(seen.remaining.low),
        high: share(seen.remaining.high),
      },
    });
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
