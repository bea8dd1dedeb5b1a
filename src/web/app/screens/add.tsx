// Adding an account: the three ways, and the one by typing.
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { type Choice, ChoiceList } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading, Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { TopBar } from '../parts/top-bar.tsx';
import { type Meaning, meaningOf } from '../scan/meaning.ts';
import { readPicture } from '../scan/read.ts';
import { useApp } from '../state/app.tsx';
import { go } from '../state/route.ts';
import { ADD } from '../words/add.ts';

/** Scan, from a picture, type. On the first screen with a welcome. */
export function AddWays({ first = false }: { first?: boolean }) {
  const w = useSay(ADD);
  const picture = usePicture();
  const choices: Choice[] = [
    { key: 'scan', icon: 'qr', name: w('scan'), text: w('scanText'), onChoose: () => go({ name: 'scan' }) },
    { key: 'picture', icon: 'copy', name: w('picture'), text: w('pictureText'), onChoose: picture.choose },
    { key: 'type', icon: 'key', name: w('type'), text: w('typeText'), onChoose: () => go({ name: 'type' }) },
  ];
  return (
    <section class="stack">
      {first ? (
        <div class="welcome">
          <h2>{w('welcome')}</h2>
          <p class="soft">{w('welcomeText')}</p>
        </div>
      ) : null}
      {picture.found === null ? null : <NotOurs meaning={picture.found} />}
      {picture.busy ? <Loading label={w('reading')} /> : <ChoiceList choices={choices} label={w('ways')} />}
      {picture.input}
    </section>
  );
}

export function Add() {
  const w = useSay(ADD);
  return (
    <>
      <TopBar title={w('title')} />
      <main id="main" class="screen stack">
        <AddWays />
      </main>
    </>
  );
}

/** What was found where no code of ours is. */
export type Found = Exclude<Meaning, { kind: 'token' }> | { readonly kind: 'none' };

export function NotOurs({ meaning }: { meaning: Found }) {
  const w = useSay(ADD);
  if (meaning.kind === 'foreign')
    return (
      <Notice tone="bad" title={w('foreign', { host: meaning.host })}>
        {w('foreignText')}
      </Notice>
    );
  const none = meaning.kind === 'none';
  return (
    <Notice tone="bad" title={w(none ? 'noneInPicture' : 'otherKind')}>
      {w(none ? 'noneInPictureText' : 'otherKindText')}
    </Notice>
  );
}

/** Takes what a QR said: goes on with a code of ours, or hands back what it was instead. */
export function useScanned(): (text: string) => Found | null {
  const { setTicket } = useApp();
  return (text) => {
    const meaning = meaningOf(text, location.origin);
    if (meaning.kind !== 'token') return meaning;
    setTicket({ token: meaning.token });
    go({ name: 'token' }, true);
    return null;
  };
}

/** Choosing a picture with a QR in it. `input` has to be on the page. */
export function usePicture() {
  const w = useSay(ADD);
  const scanned = useScanned();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setBusy(true);
    const text = await readPicture(file);
    setBusy(false);
    setFound(text === null ? { kind: 'none' } : scanned(text));
  };
  const input = (
    <input
      ref={field}
      class="unseen"
      type="file"
      accept="image/*"
      tabIndex={-1}
      aria-label={w('picture')}
      onChange={(event) => {
        void read(event.currentTarget.files?.[0]);
        event.currentTarget.value = '';
      }}
    />
  );
  return { busy, found, input, choose: () => field.current?.click() };
}

const codeLength = 10;
/** What people type for a Crockford character that is none: letters O, I and L are digits. */
const canonical = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .slice(0, codeLength);
const grouped = (code: string): string => (code.length > 5 ? `${code.slice(0, 5)}-${code.slice(5)}` : code);

export function Type() {
  const w = useSay(ADD);
  const { setTicket } = useApp();
  const [account, setAccount] = useState('');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    const name = account.normalize('NFKC').trim();
    if (name === '' || code.length !== codeLength) return;
    setTicket({ account: name, code: grouped(code) });
    go({ name: 'token' }, true);
  };
  return (
    <>
      <TopBar title={w('type')} back={{ name: 'add' }} />
      <main id="main" class="screen">
        <form class="stack" onSubmit={submit} noValidate>
          <Field
            label={w('account')}
            value={account}
            onValue={setAccount}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxLength={120}
            error={tried && account.trim() === '' ? w('needAccount') : undefined}
          />
          <Field
            class="code-input letters"
            label={w('code')}
            value={grouped(code)}
            onValue={(typed) => setCode(canonical(typed))}
            hint={w('codeHint')}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={30}
            error={tried && code.length !== codeLength ? w('needCode') : undefined}
          />
          <Button look="main" type="submit" wide>
            {w('next')}
          </Button>
        </form>
      </main>
    </>
  );
}
