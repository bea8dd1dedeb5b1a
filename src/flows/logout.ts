// The end of sessions: one by its person, or all of an account when what they rested on changed.
import type { Write } from '../core/commit.ts';
import type { Ports } from '../core/ports.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import type { Portal } from './portal.ts';

/** Ends one session: its cookie opens nothing from the commit on, on every node. `more` goes into the same commit. */
export async function logout(
  ports: Ports,
  { caller }: Portal,
  { session }: SessionSnapshot,
  more: readonly Write[] = [],
): Promise<void> {
  await ports.store.commit(session.accountId, [
    { op: 'end-session', hash: session.hash },
    {
      op: 'audit',
      event: {
        tenantId: session.tenantId,
        accountId: session.accountId,
        event: 'session.ended',
        actor: caller.actor,
        data: { session: session.id },
      },
    },
    ...more,
  ]);
}

/**
 * The writes after which no login of the account from before proves anything: those satisfied, or all of them, and with them the bindings that were
 * begun on their word. A thief who had the new QR on the screen when the owner called must not confirm it afterwards. `device`: those of one device.
 */
export const endLogins = (accountId: string, which: 'satisfied' | 'all', device?: string): readonly Write[] => [
  { op: 'end-logins', accountId, which, ...(device === undefined ? {} : { device }) },
  { op: 'void-begun', accountId },
];

/** The writes that end every session of an account, but for the one that asks. They go into the commit of whatever calls for it. */
export const endSessions = (accountId: string, except = ''): readonly Write[] => [
  { op: 'end-sessions', accountId, except },
];
