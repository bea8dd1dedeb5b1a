// What one address may get wrong across all accounts of a tenant (BF-07): guessing a little at every account stays below each account's own
// limit, but not below this one. Kept in memory, so it counts per node and forgets on restart; the accounts' own counters do neither.
// The address is what the relying party says of the person (`client.ip`): IPv4 counts by itself, IPv6 by its /64 (one subscriber, RFC 6177).

export interface Addresses {
  /** Seconds until this address may try again; 0 when it may now, and for an address nobody told. */
  wait(tenantId: string, ip: string | null | undefined, now: number): number;
  /** Counts a wrong password or output from it. */
  failed(tenantId: string, ip: string | null | undefined, now: number): void;
}

interface Window {
  readonly since: number;
  count: number;
}

/** `limit` failures per `seconds`, then nothing until they are over. Holds at most `most` addresses; the oldest is forgotten first. */
export function addressBudget(limit = 100, seconds = 600, most = 20_000): Addresses {
  const windows = new Map<string, Window>();
  const ends = (window: Window): number => window.since + seconds * 1000;
  return {
    wait(tenantId, ip, now) {
      if (windows.size === 0 || ip === null || ip === undefined) return 0;
      const window = windows.get(`${tenantId} ${addressBlock(ip)}`);
      if (window === undefined || window.count < limit || now >= ends(window)) return 0;
      return Math.ceil((ends(window) - now) / 1000);
    },
    failed(tenantId, ip, now) {
      if (ip === null || ip === undefined) return;
      const name = `${tenantId} ${addressBlock(ip)}`;
      const window = windows.get(name);
      if (window !== undefined && now < ends(window)) {
        window.count++;
        return;
      }
      windows.delete(name);
      windows.set(name, { since: now, count: 1 });
      const [oldest] = windows.keys();
      if (windows.size > most && oldest !== undefined) windows.delete(oldest);
    },
  };
}

const PLAIN = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;

/** The block an address counts for: an IPv4 address, the first four groups of an IPv6 one, or the text itself when it is neither. */
export function addressBlock(ip: string): string {
  if (PLAIN.test(ip)) return ip;
  const text = ip.trim().toLowerCase().replace(/%.*$/, '');
  const mapped = /^(?:0{0,4}:)*:?(?:0{1,4}:)*ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const [, high, low] = /^(?:0{0,4}:)*:?(?:0{1,4}:)*ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(text) ?? [];
  if (high !== undefined && low !== undefined) {
    const bits = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
    return bits.flatMap((part) => [part >> 8, part & 255]).join('.');
  }
  if (!text.includes(':')) return text;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
