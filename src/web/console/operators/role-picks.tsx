// Which roles somebody is to hold, each with what it may do.
import { Checkbox, Stack } from '@mantine/core';
import { useWords } from '../parts/words.tsx';
import { ROLE, ROLE_HINT, ROLES, type Role } from './roles.ts';
import { OPERATORS } from './words.ts';

interface RolePicksProps {
  readonly value: readonly Role[];
  readonly onChange: (value: readonly Role[]) => void;
  readonly error?: string | null;
}

export function RolePicks({ value, onChange, error = null }: RolePicksProps) {
  const t = useWords(OPERATORS);
  const names = useWords(ROLE);
  const hints = useWords(ROLE_HINT);
  return (
    <Checkbox.Group
      label={t.roles}
      value={[...value]}
      onChange={(chosen) => onChange(ROLES.filter((role) => chosen.includes(role)))}
      error={error}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((role) => (
          <Checkbox key={role} value={role} label={names[role]} description={hints[role]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
