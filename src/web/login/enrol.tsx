// A login that asks for a binding first (ES-3.1, MO): why, which method, its wizard, recovery codes, and on.

import { useState } from 'preact/hooks';
import { serverNow } from '../api/clock.ts';
import type { ProblemView } from '../api/http.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { BoundView, LoginView } from '../api/views.ts';
import { wizardOf } from '../authenticators/bind.tsx';
import { type BindProps } from '../authenticators/bind-props.ts';
import { iconOf } from '../authenticators/look.ts';
import { RecoveryCodes } from '../authenticators/recovery-codes.tsx';
import { registrationOf } from '../authenticators/registration.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceList } from '../ui/choice.tsx';
import { Chip, Notice } from '../ui/notice.tsx';
import { useStepFocus } from '../ui/page.ts';
import { Problem } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { COMMON } from '../words/common.ts';
import { methodName, methodText } from '../words/methods.ts';
import { say, useLocale, useSay } from '../words/say.ts';
import { LOGIN } from './words.ts';

export interface EnrolProps {
  login: LoginView;
  /** The binding finished the login; recovery codes may still be offered. */
  onBound: () => void;
  /** Nothing is left to show. */
  onDone: () => void;
  /** The login stands elsewhere now: it asks for a code of what was just bound. */
  onLogin: (login: LoginView) => void;
  onEnded: (problem: ProblemView) => void;
  onCancel: () => void;
}

type At =
  | { step: 'why' }
  | { step: 'bind'; type: string }
  | { step: 'offer'; type: string }
  | { step: 'codes'; codes: readonly string[] };

export function Enrol({ login, onBound, onDone, onLogin, onEnded, onCancel }: EnrolProps) {
  const w = useSay(LOGIN);
  const b = useSay(BIND);
  const c = useSay(COMMON);
  const locale = useLocale();
  const { contact } = useTenant();
  const calls = useCalls();
  const task = useTask();
  const types = (login.enrol ?? []).filter((type) => wizardOf(type) !== undefined);
  const [at, setAt] = useState<At>({ step: 'why' });
  useStepFocus(at.step === 'bind' ? at.type : at.step, true);
  const bound = (view: BoundView, type: string): void => {
    if (view.login === undefined) calls.openLogin().then(onLogin, () => onEnded({ ...expired, at: serverNow() }));
    else {
      onBound();
      if (view.offerRecoveryCodes) setAt({ step: 'offer', type });
      else onDone();
    }
  };

  if (at.step === 'codes')
    return (
      <div class="stack">
        <RecoveryCodes account={login.account} codes={at.codes} onDone={onDone} />
      </div>
    );
  if (at.step === 'offer')
    return (
      <div class="stack">
        <h1 data-step-heading tabIndex={-1}>
          {b('boundTitle')}
        </h1>
        <Notice tone="good">{b('boundText', { method: say(methodName(at.type), locale) })}</Notice>
        <p>{b('codesOffer')}</p>
        {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
        <Button
          look="main"
          wide
          busy={task.busy}
          onClick={() =>
            void task
              .run(() => calls.bind('recovery-code'))
              .then((made) => {
                if (made?.codes !== undefined) setAt({ step: 'codes', codes: made.codes });
              })
          }
        >
          {b('codesMake')}
        </Button>
        <Button look="link" onClick={onDone}>
          {c('later')}
        </Button>
        <p class="soft small">{c('notUnbound')}</p>
      </div>
    );
  if (at.step === 'bind') {
    const Wizard = wizardOf(at.type);
    const props: BindProps = {
      account: login.account,
      start: (type, given) => calls.loginBinding(type, given),
      confirm: (id, answer) => calls.confirmLoginBinding(id, answer),
      onBound: (view) => bound(view, at.type),
      onEnded,
      register: async () => registrationOf(await calls.loginBinding('app'), login.account),
      watchRegistration: () =>
        calls.watchLogin(
          (news) => {
            if (news.status !== 'enrol') onLogin(news);
          },
          ({ problem }) => onEnded(problem),
        ),
    };
    return (
      <div class="stack">
        {Wizard === undefined ? null : <Wizard {...props} />}
        <div class="ways">
          {types.length > 1 ? (
            <Button look="link" onClick={() => setAt({ step: 'why' })}>
              {w('enrolBack')}
            </Button>
          ) : null}
          <Button look="link" onClick={onCancel}>
            {c('cancel')}
          </Button>
        </div>
        <p class="soft small">{w('enrolCannot', { contact })}</p>
      </div>
    );
  }
  return (
    <div class="stack">
      <h1 data-step-heading tabIndex={-1}>
        {w('enrolTitle')}
      </h1>
      <p>{w('enrolLead', { account: login.account })}</p>
      {types.length === 0 ? (
        <Notice tone="warn">{w('enrolElsewhere')}</Notice>
      ) : types.length === 1 ? (
        <Button look="main" wide onClick={() => setAt({ step: 'bind', type: types[0] ?? '' })}>
          {w('enrolStart')}
        </Button>
      ) : (
        <>
          <h2>{b('pickTitle')}</h2>
          <ChoiceList
            label={b('pickTitle')}
            choices={types.map((type, place) => ({
              key: type,
              icon: iconOf(type),
              name: say(methodName(type), locale),
              text: say(methodText(type), locale),
              chip: place === 0 ? <Chip tone="good">{b('recommended')}</Chip> : null,
              onChoose: () => setAt({ step: 'bind', type }),
            }))}
          />
        </>
      )}
      <Button look="link" onClick={onCancel}>
        {c('cancel')}
      </Button>
      <p class="soft small">{w('enrolCannot', { contact })}</p>
    </div>
  );
}

const expired = { code: 'expired', status: 0, title: '', detail: '' } as const;
