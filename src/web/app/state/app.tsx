// What every screen knows: the accounts on this phone, whether there is a network, what waits for an answer. Loaded from
// the phone's storage first, so that everything is there without a network; brought up to date when there is one.
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { problemOf } from '../../api/http.ts';
import { useLocale } from '../../words/say.ts';
import { refresh } from '../actions/refresh.ts';
import { asPhone, type PhoneCalls } from '../server/server.ts';
import type { ApprovalView, Ticket } from '../server/views.ts';
import { type Account, allAccounts } from '../store/accounts.ts';

/** An approval with the account of this phone that may answer it. */
export interface Asked {
  readonly account: Account;
  readonly approval: ApprovalView;
}

interface AppState {
  /** Null while they are read; `broken` when they cannot be. */
  readonly accounts: readonly Account[] | null;
  readonly broken: boolean;
  readonly online: boolean;
  /** Reads the accounts again, after something changed them. */
  readonly reload: () => Promise<readonly Account[]>;
  /** Asks the server about every account; resolves with whether it was reached. */
  readonly refreshAll: () => Promise<boolean>;
  readonly callsOf: (account: Account) => PhoneCalls;
  /** A registration or approval that was scanned or typed and is being worked on. */
  readonly ticket: Ticket | null;
  readonly setTicket: (ticket: Ticket | null) => void;
  readonly asked: Asked | null;
  readonly ask: (asked: Asked | null) => void;
  /** Closed without an answer: not shown again by themselves, but there to be looked at. */
  readonly aside: readonly Asked[];
  readonly putAside: (asked: Asked) => void;
}

/** How often a server that did not answer is asked again. */
const lookAgainMs = 15_000;

const Context = createContext<AppState | null>(null);

export function useApp(): AppState {
  const state = useContext(Context);
  if (state === null) throw new Error('useApp is used outside AppProvider');
  return state;
}

export function AppProvider({ ticket: first, children }: { ticket: Ticket | null; children: ComponentChildren }) {
  const locale = useLocale();
  const [accounts, setAccounts] = useState<readonly Account[] | null>(null);
  const [broken, setBroken] = useState(false);
  const [online, setOnline] = useState(navigator.onLine);
  const [ticket, setTicket] = useState<Ticket | null>(first);
  const [asked, ask] = useState<Asked | null>(null);
  const [aside, setAside] = useState<readonly Asked[]>([]);
  const putAside = useCallback((one: Asked) => {
    setAside((before) => [...before.filter(({ approval }) => approval.id !== one.approval.id), one]);
    ask(null);
  }, []);

  const reload = useCallback(async () => {
    const found = await allAccounts();
    setAccounts(found);
    return found;
  }, []);
  const callsOf = useCallback((account: Account) => asPhone(account, locale), [locale]);
  const refreshAll = useCallback(async () => {
    const ours = (await allAccounts()).filter((one) => one.status !== 'revoked');
    const done = await Promise.allSettled(ours.map((one) => refresh(one, asPhone(one, locale))));
    await reload();
    const reached = done.some((one) => one.status === 'fulfilled');
    // A refusal is an answer too; only silence is no network.
    const silent = done.every((one) => one.status === 'rejected' && problemOf(one.reason).code === 'offline');
    if (ours.length > 0) setOnline(!silent);
    return reached;
  }, [locale, reload]);

  useEffect(() => {
    reload().then(
      () => void refreshAll(),
      () => setBroken(true),
    );
    const came = (): void => {
      setOnline(true);
      void refreshAll();
    };
    const went = (): void => setOnline(false);
    const seen = (): void => {
      if (document.visibilityState === 'visible' && navigator.onLine) void refreshAll();
    };
    addEventListener('online', came);
    addEventListener('offline', went);
    document.addEventListener('visibilitychange', seen);
    return () => {
      removeEventListener('online', came);
      removeEventListener('offline', went);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);

  useEffect(() => {
    if (online) return;
    const again = (): void => {
      if (document.visibilityState === 'visible' && navigator.onLine) void refreshAll();
    };
    const timer = setInterval(again, lookAgainMs);
    return () => clearInterval(timer);
  }, [online, refreshAll]);

  const value = useMemo(
    () => ({ accounts, broken, online, reload, refreshAll, callsOf, ticket, setTicket, asked, ask, aside, putAside }),
    [accounts, broken, online, reload, refreshAll, callsOf, ticket, asked, aside],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
