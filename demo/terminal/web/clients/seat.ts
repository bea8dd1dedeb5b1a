// Who is logged in at the place the visitor sits, and which of them is in front.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Seat, SeatAccount } from '../../views.ts';
import { useCalls } from '../api/calls.ts';
import { useTask } from '../state/task.ts';

export interface SeatState {
  /** Null until it is known. */
  readonly seat: Seat | null;
  readonly current: SeatAccount | null;
  readonly failed: boolean;
  readonly set: (seat: Seat) => void;
  readonly choose: (account: string) => void;
  readonly signOut: (account: string) => void;
  readonly reload: () => void;
}

export function useSeat(): SeatState {
  const calls = useCalls();
  const { run, problem } = useTask();
  const [seat, set] = useState<Seat | null>(null);
  const [chosen, choose] = useState('');
  const reload = useCallback(
    () => void run(calls.seat).then((found) => found !== undefined && set(found)),
    [run, calls],
  );
  useEffect(reload, [reload]);
  const signOut = (account: string): void => {
    void run(() => calls.signOut(account)).then((left) => (left === undefined ? reload() : set(left)));
  };
  const accounts = seat?.accounts ?? [];
  const current = accounts.find((one) => one.account === chosen) ?? accounts[0] ?? null;
  return { seat, current, failed: problem !== null, set, choose, signOut, reload };
}
