// Recovery codes: offered after binding, shown this once, to copy or download. To replace a set takes a fresh code.
import { useEffect, useState } from 'preact/hooks';
import { useCalls } from '../api/calls.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { CodeField } from '../ui/field.tsx';
import { Note } from '../ui/note.tsx';
import { Problem } from '../ui/problem.tsx';
import { useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';

interface Props {
  account: string;
  /** How many are left of an earlier set; undefined when there is none. */
  left?: number | undefined;
  onChanged?: () => void;
}

export function RecoveryCodes({ account, left, onChanged }: Props) {
  const w = useSay(TOTP);
  const calls = useCalls();
  const task = useTask();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [code, setCode] = useState('');
  const replaces = left !== undefined;

  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const made = await task.run(() => calls.bind(account, 'recovery-code', replaces ? code : undefined));
    setCode('');
    if (made?.codes !== undefined) setCodes(made.codes);
  };
  return (
    <section class="card stack" aria-label={w('codesTitle')}>
      <h3>{w('codesTitle')}</h3>
      {codes === null ? (
        <form class="stack" noValidate onSubmit={(event) => void make(event)}>
          <p class="soft">{replaces ? w('codesLeft', { n: left }) : w('codesOffer')}</p>
          {replaces && <CodeField label={w('codesProof')} value={code} onValue={setCode} />}
          {task.problem !== null && <Problem problem={task.problem} />}
          <Button icon="key" type="submit" busy={task.busy} disabled={replaces && code.length < 6}>
            {w(replaces ? 'codesAgain' : 'codesMake')}
          </Button>
        </form>
      ) : (
        <ShownCodes
          account={account}
          codes={codes}
          onDone={() => {
            setCodes(null);
            onChanged?.();
          }}
        />
      )}
    </section>
  );
}

function ShownCodes({ account, codes, onDone }: { account: string; codes: readonly string[]; onDone: () => void }) {
  const w = useSay(TOTP);
  const text = `${codes.join('\n')}\n`;
  const [copied, setCopied] = useState(false);
  const [file, setFile] = useState('');
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    setFile(url);
    return () => URL.revokeObjectURL(url);
  }, [text]);
  const copy = (): void => {
    const clipboard = navigator.clipboard as Clipboard | undefined;
    void clipboard?.writeText(text).then(() => setCopied(true));
  };
  return (
    <>
      <Note tone="warn">{w('codesOnce')}</Note>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div class="row">
        <Button icon="copy" onClick={copy}>
          {w('copy')}
        </Button>
        <a class="button quiet" href={file} download={`recovery-codes-${account}.txt`}>
          {w('codesDownload')}
        </a>
        <Button look="main" icon="check" onClick={onDone}>
          {w('codesDone')}
        </Button>
      </div>
      <p class="small soft" role="status">
        {copied ? w('copied') : ''}
      </p>
    </>
  );
}
