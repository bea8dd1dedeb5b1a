// The calls of a page, for the tenant in use. What was asked is kept until something changes it; a session that ended takes one to the sign-in.
import {
  keepPreviousData,
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Call, caller, type Method, Refused } from '../../api/http.ts';
import { useLocale } from '../parts/words.tsx';
import { isAway, LOOK, noteUse } from './activity.ts';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one; what was not reached is asked once more.
      retry: (count, error) => !(error instanceof Refused) && count < 1,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

interface Calls {
  readonly call: Call;
  /** The same, without its being use of the session. */
  readonly look: Call;
  readonly tenant: string | null;
}
const Context = createContext<Calls>({
  call: () => Promise.reject(new Error('no server')),
  look: () => Promise.reject(new Error('no server')),
  tenant: null,
});

interface CallsProviderProps {
  readonly tenant: string | null;
  /** The session is over. */
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

export function CallsProvider({ tenant, onSignedOut, children }: CallsProviderProps) {
  const locale = useLocale();
  const value = useMemo((): Calls => {
    const by = (isLook: boolean): Call =>
      caller({
        locale,
        ...(tenant === null ? {} : { tenant }),
        ...(isLook ? { headers: async () => LOOK } : {}),
        onRefused: ({ code }) => {
          if (code === 'signed-out') onSignedOut();
        },
      });
    const look = by(true);
    const use = by(false);
    const call: Call = async <T,>(...asked: Parameters<Call>) => {
      if (asked[0] === 'GET' && isAway()) return look<T>(...asked);
      const told = await use<T>(...asked);
      noteUse();
      return told;
    };
    return { tenant, call, look };
  }, [locale, tenant, onSignedOut]);
  return (
    <QueryClientProvider client={client}>
      <Context.Provider value={value}>{children}</Context.Provider>
    </QueryClientProvider>
  );
}

/** The bare calls: `const api = useApi(); await api.send('POST', path, body)`. */
export function useApi() {
  const { call, look } = useContext(Context);
  return useMemo(
    () => ({
      look: <T,>(path: string): Promise<T> => look<T>('GET', path),
      get: <T,>(path: string): Promise<T> => call<T>('GET', path),
      send: <T,>(method: Method, path: string, body?: unknown): Promise<T> =>
        call<T>(method, path, body === undefined ? {} : { body }),
    }),
    [call, look],
  );
}

interface GetOptions {
  /** Asked again every so many milliseconds. */
  readonly everyMs?: number;
  /** What it was read after: asked again when that is another. What was there stays until the answer. */
  readonly since?: string;
}

/** What a path answers; null asks for nothing yet. */
export function useGet<T>(path: string | null, { everyMs, since }: GetOptions = {}) {
  const { call, tenant } = useContext(Context);
  const locale = useLocale();
  return useQuery<T>({
    // Problems and some replies are in the language asked for.
    queryKey: [tenant, path, locale, ...(since === undefined ? [] : [since])],
    queryFn: ({ signal }) => call<T>('GET', path ?? '', { signal }),
    enabled: path !== null,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(since === undefined ? {} : { placeholderData: keepPreviousData }),
  });
}

interface SendOptions {
  /** Beginnings of the paths that what was done changes; all of them without. */
  readonly changes?: readonly string[];
}

/** Does something: `const unlock = useSend<Unlocked>('POST', path); unlock.mutate(body)`. A path may be made from the body. */
export function useSend<T, B = unknown>(
  method: Method,
  path: string | ((body: B) => string),
  { changes }: SendOptions = {},
) {
  const { call, tenant } = useContext(Context);
  const cache = useQueryClient();
  return useMutation<T, unknown, B>({
    mutationFn: (body) =>
      call<T>(
        method,
        typeof path === 'string' ? path : path(body),
        method === 'GET' || body === undefined ? {} : { body },
      ),
    // Not waited for: who asked is told the answer at once, while what they pressed is still there to be told.
    onSettled: () => {
      void cache.invalidateQueries({
        predicate: ({ queryKey: [of, at] }) =>
          of === tenant &&
          typeof at === 'string' &&
          (changes === undefined || changes.some((start) => at.startsWith(start))),
      });
    },
  });
}

/** Forgets everything that was read: for the next person at this screen. */
export const forget = (): void => client.clear();
