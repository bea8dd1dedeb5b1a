// A question before something is done: what will happen, in words, and two buttons of which the careful one has the focus.
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { COMMON } from './common.ts';
import { Failed } from './states.tsx';
import { useWords } from './words.tsx';

export interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says; "Confirm" without. */
  readonly yes?: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  readonly error?: unknown;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function Confirm(props: ConfirmProps) {
  const t = useWords(COMMON);
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <Stack>
        {props.children}
        {props.error === undefined || props.error === null ? null : <Failed error={props.error} isPage={false} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={props.onClose}>
            {t.cancel}
          </Button>
          <Button
            {...(props.isDangerous === true ? { color: 'red' } : {})}
            loading={props.isBusy ?? false}
            onClick={props.onYes}
          >
            {props.yes ?? t.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
