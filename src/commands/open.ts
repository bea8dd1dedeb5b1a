// Opening a house that is there already, for commands that work on it, and asking it for the tenant that is meant.
import { existsSync } from 'node:fs';
import type { House } from '../compose.ts';
import type { Config } from '../config.ts';
import { PROBLEMS } from '../contract/problems.ts';
import type { Refusal } from '../core/outcome.ts';
import type { Caller, Ports, Tenant } from '../core/ports.ts';
import { configFor, houseOf } from './house.ts';
import { type ExitName, Stop, type Terminal } from './terminal.ts';

/** Opens the house of the configuration for `work`, and closes it. Creates nothing unless `create` says so. */
export async function withHouse(
  terminal: Terminal,
  work: (house: House, config: Config) => Promise<void>,
  options: { readonly create?: boolean } = {},
): Promise<void> {
  const config = configFor(terminal.command);
  const isNew = config.database === undefined && !existsSync(config.databaseFile);
  if (isNew && options.create !== true)
    throw new Stop(
      'notFound',
      `there is no Hufu database in ${config.dataFolder}: name its folder with --data, or begin one with hufu tenant create`,
    );
  const house = await houseOf(config);
  try {
    await work(house, config);
  } finally {
    await house.close();
  }
}

/** The tenant named, or the only one there is. */
export async function tenantFor(house: House, name: string | undefined): Promise<Tenant> {
  const ids = await house.registry.ids();
  const only = ids.length === 1 ? ids[0] : undefined;
  const id = name ?? only;
  if (id === undefined)
    throw ids.length === 0
      ? new Stop('notFound', 'there is no tenant yet: hufu tenant create <id> --preset star-rollout')
      : new Stop('usage', `say which tenant: --tenant ${ids.join(' | ')}`);
  if (!ids.includes(id))
    throw new Stop(
      'notFound',
      `there is no tenant ${id}; there ${ids.length === 1 ? 'is' : 'are'} ${ids.join(', ') || 'none'}`,
    );
  return house.registry.get(id, Number.POSITIVE_INFINITY);
}

/** Opens the house, counts what is new in it, and does the work for the tenant named or the only one. */
export async function inTenant(
  terminal: Terminal,
  { tenant: name }: { readonly tenant?: string },
  work: (ports: Ports, caller: Caller) => Promise<void>,
): Promise<void> {
  await withHouse(terminal, async (house) => {
    const tenant = await tenantFor(house, name);
    await house.count();
    await work(house.ports, callerFor(tenant.id));
  });
}

/** Who acts when a command does. */
export const callerFor = (tenantId: string): Caller => ({ tenantId, actor: 'cli', keyId: 'cli', client: null });

const EXITS: Readonly<Record<string, ExitName>> = {
  'account-unknown': 'notFound',
  'not-found': 'notFound',
  'client-unknown': 'notFound',
  conflict: 'conflict',
  'cohort-busy': 'conflict',
  'cutover-running': 'conflict',
  'cutover-state': 'conflict',
};

/** A flow's refusal as the end of a command, in the words of the API's problem. */
export function stopOf(refusal: Refusal): Stop {
  const row: { title: readonly string[]; detail?: readonly string[] } = PROBLEMS[refusal.code];
  const members = refusal.members ?? {};
  const detail = (row.detail?.[2] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in members ? String(members[name]) : whole,
  );
  return new Stop(
    EXITS[refusal.code] ?? 'failed',
    [row.title[2] ?? refusal.code, detail]
      .filter((t) => t !== '')
      .join(': ')
      .replace(/\.$/, ''),
    { code: refusal.code, ...members },
  );
}
