// The ways a login offers to go on: one row each for people to choose from, strongest first. Several phones of one account are one way: any of them
// answers. Which was used last only the browser knows: who has no more than the password yet is told nothing of it.
import type { LoginView, Offered } from '../api/views.ts';
import { strengthOf } from './look.ts';

export type WayKind = 'scan' | 'push' | 'code' | 'send' | 'passkey' | 'recovery';

export interface Way {
  /** Stable over logins: what a browser remembers as the way used last. */
  readonly key: string;
  readonly kind: WayKind;
  readonly type: string;
  /** The authenticators behind it; none for recovery codes. */
  readonly by: readonly Offered[];
}

const KINDS: Readonly<Record<WayKind, number>> = {
  scan: 0.9,
  push: 0.8,
  passkey: 0.5,
  code: 0.5,
  send: 0.5,
  recovery: 0,
};

/** Every way of the login. */
export function waysOf(login: Pick<LoginView, 'authenticators' | 'recovery'>): readonly Way[] {
  const types = [...new Set(login.authenticators.map(({ type }) => type))];
  const ways = types.flatMap((type): Way[] => {
    const by = login.authenticators.filter((one) => one.type === type);
    const way = (kind: WayKind): Way => ({ key: `${type}:${kind}`, kind, type, by });
    switch (type) {
      case 'app':
        return [way('scan'), way('push'), way('code')];
      case 'wechat':
        return [way('scan'), way('code')];
      case 'passkey':
        return [way('passkey')];
      case 'recovery-code':
        return [way('recovery')];
      default:
        // Two numbers are two ways: a code goes to one of them.
        if (by.some(({ sends }) => sends))
          return by.map((one) => ({ key: `${type}:${one.id}`, kind: 'send', type, by: [one] }));
        return [way('code')];
    }
  });
  const recovery = login.recovery
    .filter((type) => !types.includes(type))
    .map((type): Way => ({ key: `${type}:recovery`, kind: 'recovery', type, by: [] }));
  const strength = ({ type, kind }: Way): number => strengthOf(type) + KINDS[kind];
  return [...ways, ...recovery].sort((a, b) => strength(b) - strength(a));
}

/** Where a login opens: the only way, or the one used last in this browser; null when people choose. */
export function firstWay(ways: readonly Way[], last: string | null): Way | null {
  const remembered = ways.find(({ key }) => key === last);
  if (remembered !== undefined) return remembered;
  const usual = ways.filter(({ kind }) => kind !== 'recovery');
  return (usual.length === 1 ? usual[0] : ways.length === 1 ? ways[0] : undefined) ?? null;
}

/** What people recognise the authenticators by. */
export const hintsOf = ({ by }: Way): string =>
  [...new Set(by.map(({ hint }) => hint).filter((hint) => hint !== ''))].join(' · ');
