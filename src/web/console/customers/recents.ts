// The customers this operator opened lately: account numbers and nothing more, in this tab only, gone with it.

const START = 'hufu-console-recents-';
const key = (tenant: string): string => `${START}${tenant}`;
const MOST = 8;

export function recents(tenant: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(tenant)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

export function remember(tenant: string, account: string): void {
  const kept = [account, ...recents(tenant).filter((one) => one !== account)].slice(0, MOST);
  sessionStorage.setItem(key(tenant), JSON.stringify(kept));
}

export const forgetRecents = (tenant: string): void => sessionStorage.removeItem(key(tenant));

/** Of every tenant: for the next person at this screen. */
export function forgetAllRecents(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(START)) sessionStorage.removeItem(name);
}
