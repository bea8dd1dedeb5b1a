// Temporary codes, shown once: to be told to the customer now.
import { Alert, Code, Stack, Text } from '@mantine/core';
import { useDates } from '../parts/dates.ts';
import { useWords } from '../parts/words.tsx';
import type { BypassIssued } from './types.ts';
import { ACTIONS, DESK } from './words.ts';

export function Codes({ issued }: { readonly issued: BypassIssued }) {
  const t = useWords(DESK);
  const say = useWords(ACTIONS);
  const dates = useDates();
  return (
    <Alert color="yellow" variant="light" title={say.bypass}>
      <Stack gap="xs" align="flex-start">
        {issued.codes.map((code) => (
          <Code key={code} fz="lg" className="bypass-code">
            {code}
          </Code>
        ))}
        <Text size="sm">{t.until(dates.at(issued.expiresAt))}</Text>
        <Text size="sm" fw={600}>
          {t.codesOnce}
        </Text>
      </Stack>
    </Alert>
  );
}
