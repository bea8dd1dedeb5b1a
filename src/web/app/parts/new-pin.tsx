// Choosing a PIN: typed twice, weak ones refused with the reason.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { type Bytes, wipe } from '../pin/bytes.ts';
import type { Kdf } from '../pin/stretch.ts';
import type { Vault } from '../pin/vault.ts';
import { type Weakness, weaknessOf } from '../pin/weak.ts';
import { PIN } from '../words/pin.ts';
import { PinPad } from './pin-pad.tsx';

const WORDS: Readonly<Record<Weakness, keyof typeof PIN>> = {
  length: 'weakLength',
  same: 'weakSame',
  run: 'weakRun',
  account: 'weakAccount',
};

interface Props {
  /** The number a PIN must not contain. */
  account: string;
  title: string;
  text?: string;
  ahead: { readonly salt: Bytes; readonly kdf: Kdf } | null;
  /** The digits that were typed twice alike, which the taker wipes; `vault()` only where `ahead` was given. */
  onPin: (digits: Bytes, vault: () => Vault) => void;
  busy: boolean;
  doing: string;
}

export function NewPin({ account, title, text, ahead, onPin, busy, doing }: Props) {
  const w = useSay(PIN);
  const chosen = useRef<Bytes | null>(null);
  const [step, setStep] = useState<'choose' | 'again'>('choose');
  const [objection, setObjection] = useState<keyof typeof PIN | null>(null);
  useEffect(() => () => wipe(chosen.current ?? undefined), []);

  const first = (digits: Bytes): void => {
    const weakness = weaknessOf(digits, account);
    if (weakness !== null) {
      wipe(digits);
      setObjection(WORDS[weakness]);
      return;
    }
    chosen.current = digits;
    setObjection(null);
    setStep('again');
  };
  const second = (digits: Bytes, vault: () => Vault): void => {
    const before = chosen.current;
    const same = before !== null && before.length === digits.length && before.every((byte, at) => byte === digits[at]);
    wipe(before ?? undefined);
    chosen.current = null;
    setStep('choose');
    if (same) {
      setObjection(null);
      onPin(digits, vault);
    } else {
      wipe(digits);
      setObjection('differ');
    }
  };
  const note = objection === null ? null : <Notice tone="bad">{w(objection)}</Notice>;
  return step === 'choose' ? (
    <PinPad
      key="choose"
      title={title}
      text={text ?? w('chooseText')}
      ahead={null}
      busy={busy}
      doing={doing}
      onDone={first}
    >
      {note}
    </PinPad>
  ) : (
    <PinPad key="again" title={w('againTitle')} text={w('againText')} ahead={ahead} onDone={second} />
  );
}
