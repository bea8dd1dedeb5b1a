// Work that waits at the same time is done together: no timer, so nobody waits for company, and under load each round takes what gathered meanwhile.

interface GroupOptions {
  /** How many groups may be under way at once. */
  readonly lanes: number;
  /** How many members a group has at most. */
  readonly most: number;
  /** True when a failed group has certainly left nothing behind; its members are then tried one by one, so that one cannot spoil it for others. */
  readonly isUndone: (error: unknown) => boolean;
}

/** A function that gathers its calls and answers them by groups. `work` answers one result per member, in order, or throws for all of them. */
export function inGroups<In, Out>(
  options: GroupOptions,
  work: (group: readonly In[]) => Promise<readonly Out[]>,
): (item: In) => Promise<Out> {
  interface Waiting {
    readonly item: In;
    readonly resolve: (result: Out) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let underWay = 0;
  let isPlanned = false;

  const answer = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const results = await work(group.map((w) => w.item));
      if (results.length !== group.length) throw new Error('a group was not answered in full');
      for (const [i, w] of group.entries()) w.resolve(results[i]!);
    } catch (error) {
      if (group.length > 1 && options.isUndone(error)) for (const w of group) await answer([w]);
      else for (const w of group) w.reject(error);
    }
  };
  const flush = (): void => {
    isPlanned = false;
    while (waiting.length > 0 && underWay < options.lanes) {
      const group = waiting.slice(0, options.most);
      waiting = waiting.slice(options.most);
      underWay++;
      void answer(group).finally(() => {
        underWay--;
        plan();
      });
    }
  };
  const plan = (): void => {
    if (isPlanned || waiting.length === 0 || underWay >= options.lanes) return;
    isPlanned = true;
    setImmediate(flush);
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      plan();
    });
}
