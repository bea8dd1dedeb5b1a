// A job on a timer: never twice at once, a fault is told and the next round tried, and stopping waits for the round at hand.

export interface Job {
  /** Runs it now, or once more when it is running. */
  wake(): void;
  /** No further round; resolves when the one at hand has ended. */
  stop(): Promise<void>;
}

/** Runs `round` every `ms`, at first right away. */
export function every(ms: number, round: () => Promise<unknown>, onFault: (error: unknown) => void): Job {
  const state: { running?: Promise<void> | undefined; isWanted: boolean; isStopped: boolean } = {
    isWanted: false,
    isStopped: false,
  };
  const run = async (): Promise<void> => {
    do {
      state.isWanted = false;
      try {
        await round();
      } catch (error) {
        onFault(error);
      }
    } while (state.isWanted && !state.isStopped);
    state.running = undefined;
  };
  const wake = (): void => {
    if (state.isStopped) return;
    if (state.running === undefined) state.running = run();
    else state.isWanted = true;
  };
  // A tick that finds it running is no reason for another round.
  const timer = setInterval(() => {
    if (state.running === undefined) wake();
  }, ms);
  wake();
  return {
    wake,
    async stop() {
      state.isStopped = true;
      clearInterval(timer);
      await state.running;
    },
  };
}
