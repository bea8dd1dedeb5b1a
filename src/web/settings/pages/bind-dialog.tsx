// Binding or changing a method in a dialog: verification where the server wants it, the type's wizard, and the recovery codes it offers.
import { useEffect, useState } from 'preact/hooks';
import { type ProblemView, problem, problemOf, Refused } from '../../api/http.ts';
import type { MeCalls } from '../../api/me.ts';
import { useCalls, useTenant } from '../../api/tenant.tsx';
import type { EnrolmentState, MethodRow } from '../../api/views.ts';
import { wizardOf } from '../../authenticators/bind.tsx';
import type { BindProps } from '../../authenticators/bind-props.ts';
import { RecoveryCodes } from '../../authenticators/recovery-codes.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InDialog } from '../../ui/heading.tsx';
import { Loading, Notice } from '../../ui/notice.tsx';
import { useStepFocus } from '../../ui/page.ts';
import { Problem } from '../../ui/problem.tsx';
import { useTask } from '../../ui/task.ts';
import { BIND } from '../../words/bind.ts';
import { COMMON } from '../../words/common.ts';
import { methodName } from '../../words/methods.ts';
import { say, useLocale, useSay } from '../../words/say.ts';
import { useOnceShown } from '../once-shown.tsx';
import { useGuarded } from '../step-up.tsx';
import { SECURITY } from '../words/security.ts';

interface Props {
  account: string;
  row: MethodRow;
  change: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** News of a registration; `onReady` once a phone that was not there before is complete, or joined as a sub-account (MO-2.4). */
function watchPhones(
  calls: MeCalls,
  onState: (state: EnrolmentState) => void,
  onReady: () => void,
  onEnded: (problem: ProblemView) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const before = calls.phones().then(({ items }) => new Set(items.map(({ id }) => id)));
  const look = async (): Promise<void> => {
    const known = await before;
    const fresh = (await calls.phones()).items.filter(({ id }) => !known.has(id));
    if (fresh.some(({ role, status }) => status === 'active' || role === 'sub')) onReady();
    else if (fresh.length > 0) timer = setTimeout(check, 1500);
  };
  const check = (): void => {
    clearTimeout(timer);
    look().catch((error: unknown) => onEnded(problemOf(error)));
  };
  const stop = calls.watchEnrolment(
    (state) => {
      onState(state);
      check();
    },
    (refused) => onEnded(refused.problem),
  );
  return () => {
    clearTimeout(timer);
    stop();
  };
}

export function BindDialog({ account, row, change, onClose, onDone }: Props) {
  const s = useSay(SECURITY);
  const b = useSay(BIND);
  const c = useSay(COMMON);
  const locale = useLocale();
  const { contact } = useTenant();
  const calls = useCalls();
  const guarded = useGuarded();
  const task = useTask();
  const isCodes = row.type === 'recovery-code';
  /** The old one, which works until the new one is confirmed. */
  const replaces = change && !isCodes ? row.items[0]?.id : undefined;
  const method = say(methodName(row.type), locale);
  const [codes, setCodes] = useState<readonly string[]>();
  const [bound, setBound] = useState<{ offer: boolean }>();
  const [ended, setEnded] = useState<ProblemView>();
  useStepFocus(codes !== undefined ? 'codes' : bound !== undefined ? 'bound' : 'bind');

  const makeCodes = async (): Promise<void> => {
    const made = await task.run(async () => {
      const codes = await guarded('change', () => calls.bind('recovery-code'));
      if (codes === undefined && isCodes) onClose();
      return codes;
    });
    if (made?.codes === undefined) return;
    // From here on those before are void, whether or not anybody says that the new ones are saved.
    if (isCodes) onDone();
    setCodes(made.codes);
  };
  useEffect(() => {
    if (isCodes) void makeCodes();
  }, []);

  /** A person who gives up the verification gives up the binding. */
  const start: BindProps['start'] = async (type, given) => {
    const begun = await guarded('change', () =>
      calls.bind(type, { ...given, ...(replaces === undefined ? {} : { replaces }) }),
    );
    if (begun !== undefined) return begun;
    onClose();
    throw new Refused(problem('closed'));
  };
  const wizard: BindProps = {
    account,
    start,
    confirm: (id, answer) => calls.confirmBinding(id, answer),
    onBound: () => {
      onDone();
      // Asked of the list, which knows it of every type, also of those that a phone completes.
      calls.methods().then(
        ({ items }) => setBound({ offer: items.some(({ isOffered }) => isOffered === true) }),
        () => setBound({ offer: false }),
      );
    },
    onEnded: setEnded,
    async register() {
      const issued = await guarded('change', () => calls.enrolment());
      if (issued !== undefined) return issued;
      onClose();
      throw new Refused(problem('closed'));
    },
    watchRegistration: (onState, onReady) => watchPhones(calls, onState, onReady, setEnded),
  };
  const Wizard = wizardOf(row.type);
  const title = s(change ? (isCodes ? 'renewOf' : 'changeOf') : isCodes ? 'makeOf' : 'bindOf', { method });

  const { close, question } = useOnceShown(codes !== undefined, onClose);
  return (
    <>
      <Dialog title={title} onClose={close} wide={row.type === 'app'}>
        <InDialog title={title}>
          {codes !== undefined ? (
            <RecoveryCodes account={account} codes={codes} onDone={onClose} />
          ) : bound !== undefined ? (
            <>
              <h3 data-step-heading tabIndex={-1}>
                {b('boundTitle')}
              </h3>
              <Notice tone="good">{b('boundText', { method })}</Notice>
              {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
              {bound.offer ? (
                <>
                  <p>{b('codesOffer')}</p>
                  <Button look="main" wide busy={task.busy} onClick={() => void makeCodes()}>
                    {b('codesMake')}
                  </Button>
                </>
              ) : null}
              <Button look={bound.offer ? 'link' : 'main'} onClick={onClose}>
                {c(bound.offer ? 'later' : 'done')}
              </Button>
              <p class="soft small">{c('notUnbound')}</p>
            </>
          ) : ended !== undefined ? (
            <>
              <Problem problem={ended} contact={contact} />
              <Button onClick={onClose}>{c('close')}</Button>
            </>
          ) : isCodes ? (
            task.problem === null ? (
              <Loading label={c('loading')} lines={4} />
            ) : (
              <Problem problem={task.problem} contact={contact} />
            )
          ) : Wizard === undefined ? (
            <Notice tone="warn">{s('cannotHere')}</Notice>
          ) : (
            <Wizard {...wizard} />
          )}
        </InDialog>
      </Dialog>
      {question}
    </>
  );
}
