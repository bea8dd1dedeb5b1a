// A question before something is done: what will happen, in words, and two buttons of which the careful one has the focus.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
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
  /** What is asked about is no longer what was shown when this opened (parts/held.ts): it is told, and nothing is done. */
  readonly isMoved?: boolean;
  readonly error?: unknown;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function Confirm(props: ConfirmProps) {
  const t = useWords(COMMON);
  const isBusy = props.isBusy ?? false;
  // Our own answer moves it too.
  const isMoved = props.isMoved === true && !isBusy;
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <Stack>
        {props.children}
        {isMoved ? (
          <Alert color="orange" variant="light" role="alert" title={t.moved}>
            {t.movedSays}
          </Alert>
        ) : props.error === undefined || props.error === null ? null : (
          <Failed error={props.error} isPage={false} />
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={props.onClose}>
            {t.cancel}
          </Button>
          <Button
            {...(props.isDangerous === true ? { color: 'red' } : {})}
            loading={isBusy}
            disabled={isMoved}
            onClick={({ detail }) => {
              // Once for each time it is asked: the second click of a double click, and one while the question fades, are none.
              if (props.opened && !isBusy && detail < 2) props.onYes();
            }}
          >
            {props.yes ?? t.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
