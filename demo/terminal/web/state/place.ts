// Where the visitor sits: a client of a brokerage on a device, as some version of the program.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ClientView, TenantView } from '../../views.ts';
import type { Settings } from './settings.tsx';

export interface Place {
  readonly tenant: TenantView;
  readonly client: ClientView;
  readonly device: 'pc' | 'phone-1' | 'phone-2';
  readonly version: string;
}

const Context = createContext<Place | null>(null);
export const PlaceProvider = Context.Provider;

export function usePlace(): Place {
  const place = useContext(Context);
  if (place === null) throw new Error('this part of the page belongs inside a PlaceProvider');
  return place;
}

/** The place the settings name; what they name that is not there falls back to the first there is. */
export function placeOf(tenants: readonly TenantView[], settings: Settings): Place | null {
  const tenant = tenants.find((one) => one.id === settings.tenant) ?? tenants[0];
  const client = tenant?.clients.find((one) => one.id === settings.client) ?? tenant?.clients[0];
  if (tenant === undefined || client === undefined) return null;
  const device = client.kind === 'phone' ? settings.phone : 'pc';
  return { tenant, client, device, version: versionsOf(client)[settings.version] };
}

/** Three versions to try: new enough, just below the minimum, and not a version at all. */
export function versionsOf({ minimumVersion }: ClientView): Record<Settings['version'], string> {
  const good = minimumVersion ?? '1.0';
  const parts = good.split('.').map(Number);
  const last = parts.findLastIndex((part) => part > 0);
  const old = parts.map((part, at) => (at === last ? part - 1 : part)).join('.');
  return { good, old, bad: `${parts[0] ?? 1}.x-beta` };
}
