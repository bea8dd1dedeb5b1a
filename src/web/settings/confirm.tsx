// A question before something is taken away: names the object on its button, says the consequence first.
import type { ComponentChildren } from 'preact';
import { useTenant } from '../api/tenant.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { useSay } from '../words/say.ts';
import { SECURITY } from './words/security.ts';

interface Props {
  title: string;
  /** The words on the button that does it. */
  action: string;
  /** Resolves with true when it is done; the dialog closes by itself then. */
  work: () => Promise<boolean>;
  onClose: () => void;
  look?: 'danger' | 'main';
  keep?: string;
  children: ComponentChildren;
}

export function Confirm({ title, action, work, onClose, look = 'danger', keep, children }: Props) {
  const w = useSay(SECURITY);
  const { contact } = useTenant();
  const task = useTask();
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
      <div class="actions">
        <Button onClick={onClose}>{keep ?? w('keep')}</Button>
        <Button
          look={look}
          busy={task.busy}
          onClick={() =>
            void task.run(work).then((done) => {
              if (done === true) onClose();
            })
          }
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
