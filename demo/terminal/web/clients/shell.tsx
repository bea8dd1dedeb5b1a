// What every client needs around its own face: wait for the seat, sign in while nobody is, say what just happened.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Seat, SeatAccount } from '../../views.ts';
import { SignIn } from '../login/sign-in.tsx';
import { Button } from '../ui/button.tsx';
import { Tally } from '../ui/icon.tsx';
import { Loading, Note } from '../ui/note.tsx';
import { BAR } from '../words/bar.ts';
import { useSay } from '../words/say.ts';
import type { SeatState } from './seat.ts';

interface Props {
  state: SeatState;
  popUp: boolean;
  children: (current: SeatAccount) => ComponentChildren;
}

export function SignedInOr({ state, popUp, children }: Props) {
  const w = useSay(BAR);
  const [said, setSaid] = useState('');
  const done = (seat: Seat, what = ''): void => {
    setSaid(what);
    state.set(seat);
    const newest = seat.accounts.at(-1);
    if (newest !== undefined) state.choose(newest.account);
  };
  if (state.seat === null) {
    return state.failed ? (
      <div class="middle stack">
        <Note tone="bad" title={w('unreachable')} />
        <Button onClick={state.reload}>{w('retry')}</Button>
      </div>
    ) : (
      <div class="middle">
        <Loading label={w('loading')} />
      </div>
    );
  }
  if (state.current === null) {
    return (
      <div class="middle welcome">
        <Tally size={420} />
        <SignIn onDone={done} popUp={popUp} />
      </div>
    );
  }
  return (
    <>
      {said !== '' && <Note tone="good">{said}</Note>}
      {children(state.current)}
    </>
  );
}
