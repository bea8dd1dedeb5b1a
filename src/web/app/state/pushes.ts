// Requests that wait for an answer on this phone, asked for while the app is on the screen. Showing one decides nothing.
import { useEffect } from 'preact/hooks';
import { problemOf } from '../../api/http.ts';
import { useApp } from './app.tsx';

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Longest that one request is held open; with several accounts each is asked in turn instead. */
const holdSeconds = 25;

/** Asks for every active account until the screen is left; `ask` is called with whatever came and was not put aside. */
export function usePushes(): void {
  const { accounts, online, callsOf, asked, ask, aside, refreshAll } = useApp();
  const active = (accounts ?? []).filter((one) => one.status === 'active');
  const ids = active.map((one) => one.phone).join(' ');
  useEffect(() => {
    if (!online || asked !== null || active.length === 0) return;
    const stop = new AbortController();
    const rounds = async (): Promise<void> => {
      const asking = new Set(active);
      for (let failures = 0; asking.size > 0 && !stop.signal.aborted; ) {
        const wait = asking.size === 1 ? holdSeconds : 0;
        let seen = false;
        if (document.visibilityState === 'visible') {
          for (const account of asking) {
            try {
              const { items } = await callsOf(account).approvals(wait, stop.signal);
              const approval = items.find(({ id }) => !aside.some((one) => one.approval.id === id));
              seen ||= items.length > 0;
              failures = 0;
              if (approval !== undefined && !stop.signal.aborted) {
                ask({ account, approval });
                return;
              }
            } catch (error) {
              if (stop.signal.aborted) return;
              failures += 1;
              // A server without approvals, or a phone it no longer knows: that account is not asked again, and looked at.
              if (![401, 403, 404].includes(problemOf(error).status)) continue;
              asking.delete(account);
              failures = 0;
              void refreshAll();
            }
          }
        }
        const unseen = document.visibilityState !== 'visible';
        // What was put aside is answered at once, again and again.
        const rest = unseen ? 2000 : wait > 0 && !seen ? 250 : 4000;
        await pause(failures > 0 ? Math.min(2000 * 2 ** failures, 60_000) : rest, stop.signal);
      }
    };
    void rounds();
    return () => stop.abort();
  }, [ids, online, asked === null, aside, callsOf]);
}
