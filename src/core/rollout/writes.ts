// Guarded writes of the rollout (core/commit.ts).

export type RolloutWrite =
  /** Notes a reminder to an account, assuming that none went out since `notSince` (ms): one campaign never tells anybody twice. */
  { readonly op: 'note-reminder'; readonly accountId: string; readonly notSince: number };
