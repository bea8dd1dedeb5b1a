// What a cohort was counted to move when it began to be applied: the run stops before it moves many more. None of a run that was begun before.
export const cohortMost = (): readonly string[] => [
  `ALTER TABLE cohort_rules ADD COLUMN most_joining BIGINT`,
  `ALTER TABLE cohort_rules ADD COLUMN most_leaving BIGINT`,
  `ALTER TABLE cohort_rules ADD COLUMN most_unbound BIGINT`,
];
