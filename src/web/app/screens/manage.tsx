// What can be done with an account on this phone: PIN, fingerprint, phones, its name here, and taking it away.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { type Choice, ChoiceList } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../ui/task.ts';
import { COMMON } from '../../words/common.ts';
import { useSay } from '../../words/say.ts';
import { Refusal } from '../parts/refusal.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { useApp } from '../state/app.tsx';
import { go, HOME } from '../state/route.ts';
import { type Account, changeAccount, forgetAccount } from '../store/accounts.ts';
import { APP } from '../words/app.ts';

export function Manage({ account }: { account: Account }) {
  const w = useSay(APP);
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  const { phone, status, biometric } = account;
  const open = (name: 'pin' | 'biometric' | 'phones') => () => go({ name, phone });
  const choices: Choice[] = [
    ...(status !== 'active'
      ? []
      : ([
          { key: 'pin', icon: 'key', name: w('changePin'), text: w('changePinText'), onChoose: open('pin') },
          {
            key: 'biometric',
            icon: 'finger',
            name: w('biometrics'),
            text: w(biometric === null ? 'biometricsOff' : 'biometricsOn'),
            onChoose: open('biometric'),
          },
        ] as const)),
    ...(status === 'revoked'
      ? []
      : ([
          { key: 'phones', icon: 'phone', name: w('phones'), text: w('phonesText'), onChoose: open('phones') },
        ] as const)),
    { key: 'rename', icon: 'list', name: w('rename'), text: w('renameText'), onChoose: () => setDialog('rename') },
  ];
  const close = (): void => setDialog(null);
  return (
    <>
      <TopBar title={`${account.label ?? account.account} · ${w('manage')}`} back={{ name: 'account', phone }} />
      <main id="main" class="screen stack">
        <ChoiceList choices={choices} label={w('manage')} />
        <Button look="link grave" icon="bin" onClick={() => setDialog('remove')}>
          {w('remove')}
        </Button>
        {dialog === 'rename' ? <Rename account={account} onClose={close} /> : null}
        {dialog === 'remove' ? <Remove account={account} onClose={close} /> : null}
      </main>
    </>
  );
}

interface Props {
  account: Account;
  onClose: () => void;
}

function Rename({ account, onClose }: Props) {
  const w = useSay(APP);
  const { reload } = useApp();
  const [label, setLabel] = useState(account.label ?? '');
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    await changeAccount(account.phone, { label: label.trim() === '' ? null : label.trim() });
    await reload();
    onClose();
  };
  return (
    <Dialog title={w('rename')} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void save(event)}>
        <Field
          label={w('label')}
          value={label}
          onValue={setLabel}
          hint={w('renameText')}
          autocomplete="off"
          maxLength={40}
        />
        <Button look="main" type="submit" wide>
          {w('save')}
        </Button>
      </form>
    </Dialog>
  );
}

function Remove({ account, onClose }: Props) {
  const w = useSay(APP);
  const common = useSay(COMMON);
  const { callsOf, reload, online } = useApp();
  const { busy, problem, run } = useTask();
  const { phone, status } = account;
  const forget = async (): Promise<void> => {
    await forgetAccount(phone);
    await reload();
    go(HOME, true);
  };
  const both = async (): Promise<void> => {
    await callsOf(account).revoke(phone);
    await forget();
  };
  return (
    <Dialog title={w('removeTitle', { account: account.account })} onClose={onClose}>
      {status === 'revoked' ? <p>{w('revokedText')}</p> : <Notice tone="warn">{w('removeWarn')}</Notice>}
      <Refusal problem={problem} contact={account.contact} />
      {status === 'revoked' || !online ? null : (
        <Button look="danger" wide busy={busy} onClick={() => void run(both)}>
          {w('removeBoth')}
        </Button>
      )}
      <Button look={status === 'revoked' ? 'danger' : 'quiet'} wide onClick={() => void run(forget)}>
        {w('removeHere')}
      </Button>
      <Button look="link" wide onClick={onClose}>
        {common('cancel')}
      </Button>
    </Dialog>
  );
}
