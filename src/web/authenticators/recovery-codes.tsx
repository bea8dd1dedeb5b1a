// Recovery codes as they are made: shown this once, to download, copy or write down; going on asks whether that was done.
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { StepHeading } from '../ui/heading.tsx';
import { Notice } from '../ui/notice.tsx';
import { BIND } from '../words/bind.ts';
import { COMMON } from '../words/common.ts';
import { useSay } from '../words/say.ts';

interface Props {
  account: string;
  codes: readonly string[];
  onDone: () => void;
}

export function RecoveryCodes({ account, codes, onDone }: Props) {
  const w = useSay(BIND);
  const c = useSay(COMMON);
  const [copied, setCopied] = useState(false);
  const text = [`${w('codesList')} · ${account}`, '', ...codes, ''].join('\n');
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = w('codesFile');
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <>
      <StepHeading>{w('codesTitle')}</StepHeading>
      <Notice tone="warn">{w('codesOnce')}</Notice>
      <ol class="codes" aria-label={w('codesList')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="row">
        <Button icon="download" onClick={download}>
          {c('download')}
        </Button>
        <Button
          icon={copied ? 'check' : 'copy'}
          onClick={() => {
            navigator.clipboard?.writeText(codes.join('\n')).then(
              () => setCopied(true),
              () => setCopied(false),
            );
          }}
        >
          {copied ? c('copied') : w('codesCopy')}
        </Button>
      </div>
      <Button look="main" wide onClick={onDone}>
        {w('codesSaved')}
      </Button>
    </>
  );
}
