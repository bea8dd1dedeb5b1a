// Which cohort something is of: all together, or one by name.
import { NativeSelect } from '@mantine/core';
import { useWords } from '../parts/words.tsx';
import { ROLLOUT } from './words.ts';

interface PickCohortProps {
  readonly cohorts: readonly (string | null)[];
  /** '' for everybody. */
  readonly value: string;
  readonly onChange: (cohort: string) => void;
  readonly label?: string;
}

export function PickCohort({ cohorts, value, onChange, label }: PickCohortProps) {
  const t = useWords(ROLLOUT);
  return (
    <NativeSelect
      label={label ?? t.cohort}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t.everybody },
        ...cohorts.flatMap((one) => (one === null ? [] : [{ value: one, label: one }])),
      ]}
    />
  );
}
