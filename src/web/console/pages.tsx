// The table of pages: a page is a folder and a line here. `nav` puts it into the menu, in this order; the permission hides it, the server refuses it.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { NAV } from './frame/words.ts';
import type { PageGiven } from './given.ts';

export interface PageRow {
  /** `customers/:account`; what stands for `:account` is given to the page as `params.account`. */
  readonly path: string;
  readonly nav?: keyof typeof NAV;
  /** Null: whoever is signed in. */
  readonly permission: string | null;
  readonly page: LazyExoticComponent<ComponentType<PageGiven>>;
}

/** A page's own part of the bundle, loaded when it is first opened. */
export const page = (load: () => Promise<ComponentType<PageGiven>>): PageRow['page'] =>
  lazy(async () => ({ default: await load() }));

export const PAGES: readonly PageRow[] = [
  {
    path: 'customers',
    nav: 'customers',
    permission: 'customers:read',
    page: page(async () => (await import('./customers/search.tsx')).Search),
  },
  {
    path: 'customers/:account',
    permission: 'customers:read',
    page: page(async () => (await import('./customers/customer.tsx')).Customer),
  },
  {
    path: 'customers/:account/actions',
    permission: 'customers:act',
    page: page(async () => (await import('./desk/page.tsx')).ActionsPage),
  },
  {
    path: 'cases',
    nav: 'cases',
    permission: 'customers:act',
    page: page(async () => (await import('./desk/cases.tsx')).Cases),
  },
  {
    path: 'cases/:case',
    permission: 'customers:act',
    page: page(async () => (await import('./desk/case.tsx')).CasePage),
  },
  {
    path: 'rollout',
    nav: 'rollout',
    permission: 'rollout:read',
    page: page(async () => (await import('./rollout/cockpit.tsx')).Rollout),
  },
  {
    path: 'rollout/cohorts',
    permission: 'rollout:read',
    page: page(async () => (await import('./rollout/cohorts.tsx')).Cohorts),
  },
  {
    path: 'rollout/cutovers',
    permission: 'rollout:read',
    page: page(async () => (await import('./rollout/cutovers.tsx')).Cutovers),
  },
  {
    path: 'rollout/cutovers/new',
    permission: 'rollout:switch',
    page: page(async () => (await import('./rollout/start-cutover.tsx')).StartCutover),
  },
  {
    path: 'rollout/cutovers/:id',
    permission: 'rollout:read',
    page: page(async () => (await import('./rollout/cutover.tsx')).Cutover),
  },
  {
    path: 'bulk',
    nav: 'bulk',
    permission: 'bulk:run',
    page: page(async () => (await import('./bulk/list.tsx')).BulkList),
  },
  { path: 'bulk/new', permission: 'bulk:run', page: page(async () => (await import('./bulk/new.tsx')).NewBulk) },
  { path: 'bulk/:job', permission: 'bulk:run', page: page(async () => (await import('./bulk/job.tsx')).BulkJobPage) },
  {
    path: 'policy',
    nav: 'policy',
    permission: 'policy:read',
    page: page(async () => (await import('./policy/policy.tsx')).Policy),
  },
  {
    path: 'policy/versions',
    permission: 'policy:read',
    page: page(async () => (await import('./policy/versions.tsx')).Versions),
  },
  {
    path: 'policy/versions/:version',
    permission: 'policy:read',
    page: page(async () => (await import('./policy/versions.tsx')).Version),
  },
  {
    path: 'integrations',
    nav: 'integrations',
    permission: 'integrations:read',
    page: page(async () => (await import('./integrations/integrations.tsx')).Integrations),
  },
  {
    path: 'operators',
    nav: 'operators',
    permission: 'operators:read',
    page: page(async () => (await import('./operators/operators.tsx')).Operators),
  },
  {
    path: 'audit',
    nav: 'audit',
    permission: 'audit:read',
    page: page(async () => (await import('./audit/audit.tsx')).Audit),
  },
];
