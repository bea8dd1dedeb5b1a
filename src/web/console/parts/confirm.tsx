// A question before something is done: what will happen, in words, and two buttons of which the careful one has the focus.
import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { COMMON } from './common.ts';
import { useLayer } from './layers.ts';
import { Failed } from './states.tsx';
import { useWords } from './words.tsx';

export interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says; "Confirm" without. */
  readonly yes?: string;
  /** What the careful button says; "Cancel" without. */
  readonly no?: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  /** Something is half filled in here: closing it asks. */
  readonly isDirty?: boolean;
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
  const layer = useLayer(props.opened, props.onClose, props.isDirty);
  return (
    <Modal {...layer} title={props.title} closeOnClickOutside={props.isDirty !== true}>
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
          <Button variant="default" data-autofocus onClick={layer.onClose}>
            {props.no ?? t.cancel}
          </Button>
          <Button
            {...(props.isDangerous === true ? { color: '#c92a2a' } : {})}
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
