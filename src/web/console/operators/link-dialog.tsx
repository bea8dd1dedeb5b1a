// A one-time link, shown this once: to be copied and handed over.
import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useDates } from '../parts/dates.ts';
import { useLayer } from '../parts/layers.ts';
import { useWords } from '../parts/words.tsx';
import { OPERATORS } from './words.ts';

export interface Invited {
  readonly login: string;
  readonly link: string | null;
  readonly expiresAt: string | null;
}

export function LinkDialog({ invited, onClose }: { readonly invited: Invited | null; readonly onClose: () => void }) {
  const t = useWords(OPERATORS);
  const dates = useDates();
  return (
    <Modal
      {...useLayer(invited !== null, onClose)}
      title={`${t.link} · ${invited?.login ?? ''}`}
      closeOnClickOutside={false}
    >
      <Stack>
        {invited?.link == null ? (
          <Text>{t.already}</Text>
        ) : (
          <>
            <Text>{t.linkHint(dates.at(invited.expiresAt ?? ''))}</Text>
            <Code block style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>
              {invited.link}
            </Code>
          </>
        )}
        <Group justify="flex-end">
          {invited?.link == null ? null : (
            <CopyButton value={invited.link}>
              {({ copied, copy }) => (
                <Button data-autofocus onClick={copy}>
                  {copied ? t.copied : t.copy}
                </Button>
              )}
            </CopyButton>
          )}
          <Button variant="default" onClick={onClose}>
            {t.done}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
