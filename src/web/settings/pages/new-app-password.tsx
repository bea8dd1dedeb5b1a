// Creating an app password (CM-5.2): its name and scope, then the password once with the mail settings, and a light that turns on when a
// mail program signs in with it for the first time.

import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../../api/clock.ts';
import { useCalls, useTenant } from '../../api/tenant.tsx';
import type { NewAppPassword as Made, MailProtocol, MailSettings } from '../../api/views.ts';
import { Button } from '../../ui/button.tsx';
import { CopyIcon, CopyText } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { useLocale, useSay } from '../../words/say.ts';
import { showWhen } from '../../words/time.ts';
import { useOnceShown } from '../once-shown.tsx';
import { useGuarded } from '../step-up.tsx';
import { APP_PASSWORDS } from '../words/mail.ts';

const LASTS = { lastsForever: 0, lasts30: 30, lasts90: 90, lasts365: 365 } as const;
const NAMES = ['Foxmail', 'Outlook', 'Thunderbird', 'iPhone', 'Android'];

export function NewAppPassword({ onClose }: { onClose: () => void }) {
  const w = useSay(APP_PASSWORDS);
  const [made, setMade] = useState<Made>();
  const { close, question } = useOnceShown(made !== undefined, onClose);
  return (
    <>
      <Dialog
        title={made === undefined ? w('newTitle') : w('shownTitle', { name: made.name })}
        onClose={close}
        wide={made !== undefined}
      >
        {made === undefined ? <Form onMade={setMade} onClose={onClose} /> : <Shown made={made} onClose={onClose} />}
      </Dialog>
      {question}
    </>
  );
}

function Form({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const w = useSay(APP_PASSWORDS);
  const c = useSay(COMMON);
  const calls = useCalls();
  const guarded = useGuarded();
  const { contact } = useTenant();
  const task = useTask();
  const [name, setName] = useState('');
  const [receive, setReceive] = useState(true);
  const [sendToo, setSendToo] = useState(true);
  const [lasts, setLasts] = useState<keyof typeof LASTS>('lastsForever');
  const [missing, setMissing] = useState<'name' | 'scope'>();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const lacks = name.trim() === '' ? 'name' : receive || sendToo ? undefined : 'scope';
    setMissing(lacks);
    if (lacks !== undefined) return;
    const protocols: MailProtocol[] = [
      ...(receive ? (['imap', 'pop3'] as const) : []),
      ...(sendToo ? (['smtp'] as const) : []),
    ];
    const days = LASTS[lasts];
    const body = {
      name: name.trim(),
      ...(protocols.length === 3 ? {} : { protocols }),
      ...(days === 0 ? {} : { expiresAt: new Date(serverNow() + days * 86_400_000).toISOString() }),
      profile: true,
    };
    const made = await task.run(() => guarded('change', () => calls.newAppPassword(body)));
    if (made !== undefined) onMade(made);
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
      <Field
        label={w('newName')}
        hint={w('newNameHint')}
        value={name}
        onValue={(value) => {
          setName(value);
          setMissing(undefined);
        }}
        error={missing === 'name' ? w('newNameEmpty') : undefined}
        list="app-password-names"
        maxLength={64}
        autocomplete="off"
      />
      <datalist id="app-password-names">
        {NAMES.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <fieldset class="stack tight">
        <legend class="field-label">{w('scope')}</legend>
        <Tick label={w('mayReceive')} on={receive} onChange={setReceive} />
        <Tick label={w('maySend')} on={sendToo} onChange={setSendToo} />
        {missing === 'scope' ? (
          <p class="field-error" role="alert">
            {w('mayNone')}
          </p>
        ) : null}
      </fieldset>
      <div class="field">
        <label for="app-password-lasts">{w('lasts')}</label>
        <select
          id="app-password-lasts"
          value={lasts}
          onChange={({ currentTarget: { value } }) => {
            if (value in LASTS) setLasts(value as keyof typeof LASTS);
          }}
        >
          {Object.keys(LASTS).map((one) => (
            <option key={one} value={one}>
              {w(one as keyof typeof LASTS)}
            </option>
          ))}
        </select>
      </div>
      {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
      <div class="actions">
        <Button onClick={onClose}>{c('cancel')}</Button>
        <Button look="main" type="submit" busy={task.busy}>
          {w('submit')}
        </Button>
      </div>
    </form>
  );
}

function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

function Shown({ made, onClose }: { made: Made; onClose: () => void }) {
  const w = useSay(APP_PASSWORDS);
  const c = useSay(COMMON);
  return (
    <>
      <Notice tone="warn">{w('once')}</Notice>
      <CopyText label={w('password')} text={made.grouped} copies={made.password} look="big" />
      <CopyText label={w('address')} text={made.settings.user} />
      <Servers settings={made.settings} />
      {made.profile === undefined ? null : (
        <div class="stack tight">
          <a class="button quiet" href={made.profile.url} target="_blank" rel="noopener">
            <Icon name="download" size={18} />
            {w('profile')}
          </a>
          <p class="soft small">{w('profileText')}</p>
        </div>
      )}
      <FirstUse id={made.id} />
      <div class="actions">
        <Button look="main" onClick={onClose}>
          {c('done')}
        </Button>
      </div>
    </>
  );
}

const ROWS = [
  ['imap', 'incoming'],
  ['pop3', 'incoming'],
  ['smtp', 'outgoing'],
] as const;

function Servers({ settings }: { settings: MailSettings }) {
  const w = useSay(APP_PASSWORDS);
  return (
    <table class="table servers">
      <caption class="field-label">{w('settings')}</caption>
      <thead>
        <tr>
          <th scope="col">{w('protocol')}</th>
          <th scope="col">{w('server')}</th>
          <th scope="col">{w('port')}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([protocol, way]) => {
          const server = settings[protocol];
          if (server === undefined) return null;
          return (
            <tr key={protocol}>
              <th scope="row">{w(way, { protocol: protocol.toUpperCase() })}</th>
              <td data-head={w('server')}>
                <span class="row host">
                  <code>{server.host}</code>
                  <CopyIcon text={server.host} label={w('copyHost', { host: server.host })} />
                </span>
              </td>
              <td data-head={w('port')} class="digits">
                {w('ssl', { port: server.port })}
                {server.startTls === undefined ? null : (
                  <span class="soft small block">{w('startTls', { port: server.startTls })}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Turns on when a mail program signs in with it for the first time. */
function FirstUse({ id }: { id: string }) {
  const w = useSay(APP_PASSWORDS);
  const locale = useLocale();
  const calls = useCalls();
  const [usedAt, setUsedAt] = useState<string>();
  useEffect(() => {
    const stop = calls.watchAppPassword(id, ({ lastUsed }) => {
      if (lastUsed === undefined) return;
      setUsedAt(lastUsed.at);
      stop();
    });
    return stop;
  }, [id]);
  return (
    <p class={usedAt === undefined ? 'light' : 'light on'} role="status">
      <span class="light-dot" aria-hidden="true" />
      {usedAt === undefined ? w('waiting') : w('seen', { when: showWhen(usedAt, locale) })}
    </p>
  );
}
