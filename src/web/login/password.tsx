// Account and password: a real form that password managers know, with the captcha beside it.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Refused } from '../api/http.ts';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { LoginView, TrustProof } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { Field, PasswordField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Problem, waitUntil } from '../ui/problem.tsx';
import { useTask } from '../ui/task.ts';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { type CaptchaState, captchaOf } from './captcha.ts';
import { LOGIN } from './words.ts';

interface Props {
  account: string;
  onAccount: (account: string) => void;
  /** What proves that this browser is trusted; undefined when it is not. */
  proofFor: (account: string) => Promise<TrustProof | undefined>;
  onLogin: (login: LoginView) => void;
}

export function Password({ account, onAccount, proofFor, onLogin }: Props) {
  const w = useSay(LOGIN);
  const v = useSay(VERIFY);
  const calls = useCalls();
  const tenant = useTenant();
  const task = useTask();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<'account' | 'password' | 'shape'>();
  const [check, setCheck] = useState<CaptchaState>('idle');
  const captcha = useMemo(() => captchaOf(calls, setCheck), [calls]);
  const [wanted, setWanted] = useState(tenant.captcha);
  useEffect(() => setWanted((before) => before || tenant.captcha), [tenant.captcha]);
  const wait = useSecondsUntil(task.problem === null ? null : waitUntil(task.problem));
  const { label, inputMode, pattern } = tenant.account ?? {};

  const start = async (name: string): Promise<LoginView> => {
    const trust = await proofFor(name);
    const body = { account: name, password, ...(trust === undefined ? {} : { trust }) };
    if (wanted) return calls.login({ ...body, captcha: await captcha.answer() });
    try {
      return await calls.login(body);
    } catch (error) {
      // After a few failures the server wants proof of work; the person need not do anything about it.
      if (!(error instanceof Refused) || error.problem.code !== 'captcha-failed') throw error;
      setWanted(true);
      return calls.login({ ...body, captcha: await captcha.answer() });
    }
  };

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = account.trim();
    const lacks = name === '' ? 'account' : password === '' ? 'password' : undefined;
    setMissing(lacks);
    if (lacks !== undefined || wait > 0) return;
    const login = await task.run(() => start(name));
    if (wanted) captcha.forget();
    if (login !== undefined) onLogin(login);
    else setPassword('');
  };

  return (
    <form class="stack" method="post" noValidate onSubmit={(event) => void submit(event)}>
      <h1 data-step-heading tabIndex={-1}>
        {w('title')}
      </h1>
      <Field
        label={label ?? w('account')}
        value={account}
        onValue={(value) => {
          onAccount(value);
          setMissing(undefined);
        }}
        error={missing === 'account' ? w('accountEmpty') : missing === 'shape' ? w('accountShape') : undefined}
        name="username"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        inputMode={inputMode}
        required
        onLeave={() => {
          if (account.trim() !== '' && !looksRight(account.trim(), pattern)) setMissing('shape');
        }}
      />
      <PasswordField
        label={w('password')}
        value={password}
        onValue={(value) => {
          setPassword(value);
          setMissing((now) => (now === 'password' ? undefined : now));
          if (wanted) captcha.begin();
        }}
        error={missing === 'password' ? w('passwordEmpty') : undefined}
        name="password"
        autocomplete="current-password"
        required
      />
      {wanted ? <CaptchaLine state={check} /> : null}
      {task.problem === null ? null : <Problem problem={task.problem} contact={tenant.contact} />}
      <Button look="main" type="submit" wide busy={task.busy} disabled={wait > 0}>
        {task.busy ? w('submitting') : wait > 0 ? v('waitButton', { left: wait }) : w('submit')}
      </Button>
      {tenant.forgotPassword === undefined ? null : (
        <a class="middle-text" href={tenant.forgotPassword}>
          {w('forgot')}
        </a>
      )}
    </form>
  );
}

/** The page only hints at a strange account; the server alone refuses. */
function looksRight(account: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(account);
  } catch {
    return true;
  }
}

const CAPTCHA = { idle: 'captchaIdle', busy: 'captchaBusy', done: 'captchaDone', failed: 'captchaFailed' } as const;

function CaptchaLine({ state }: { state: CaptchaState }) {
  const w = useSay(LOGIN);
  return (
    <p class={`captcha ${state}`} role="status">
      {state === 'busy' ? (
        <span class="spinner" aria-hidden="true" />
      ) : (
        <Icon name={state === 'failed' ? 'alert' : state === 'done' ? 'check' : 'shield'} size={18} />
      )}
      <span>{w(CAPTCHA[state])}</span>
    </p>
  );
}
