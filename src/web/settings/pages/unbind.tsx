// Unlinking a method: the consequence first, then a fresh verification when the server wants one (CM-4.1).
import { useCalls } from '../../api/tenant.tsx';
import type { MethodRow } from '../../api/views.ts';
import { Notice } from '../../ui/notice.tsx';
import { COMMON } from '../../words/common.ts';
import { methodName } from '../../words/methods.ts';
import { say, useLocale, useSay } from '../../words/say.ts';
import { Confirm } from '../confirm.tsx';
import { useGuarded } from '../step-up.tsx';
import { SECURITY } from '../words/security.ts';
import { boundOf } from './use-is-on.ts';

/** What goes with the last of a type beside it: that the password alone signs in, and app passwords. */
export function Consequences({ of, among }: { of: string; among: readonly MethodRow[] }) {
  const s = useSay(SECURITY);
  const bound = boundOf(among);
  const n = among.find(({ type }) => type === of)?.endsAppPasswords;
  return (
    <>
      {bound.length === 1 && bound[0]?.type === of ? <Notice tone="warn">{s('unbindLast')}</Notice> : null}
      {n === undefined ? null : <Notice tone="warn">{s('unbindAppPasswords', { n })}</Notice>}
    </>
  );
}

interface Props {
  row: MethodRow;
  rows: readonly MethodRow[];
  onClose: () => void;
  onDone: () => void;
}

export function Unbind({ row, rows, onClose, onDone }: Props) {
  const s = useSay(SECURITY);
  const c = useSay(COMMON);
  const locale = useLocale();
  const calls = useCalls();
  const guarded = useGuarded();
  const method = say(methodName(row.type), locale);
  const unbind = async (): Promise<boolean> => {
    for (const { id } of row.items) {
      const gone = await guarded(
        'unbind',
        async () => {
          await calls.unbind(id);
          return true;
        },
        id,
      );
      if (gone !== true) return false;
    }
    onDone();
    return true;
  };
  return (
    <Confirm title={s('unbindTitle', { method })} action={s('unbindOf', { method })} work={unbind} onClose={onClose}>
      <p>{s('unbindText', { method })}</p>
      {row.type === 'app' ? <p>{s('unbindPhones', { phones: row.items.map(({ hint }) => hint).join('、') })}</p> : null}
      <Consequences of={row.type} among={rows} />
      <p class="soft">{s('unbindTrust')}</p>
      <p class="soft">{c('notUnbound')}</p>
    </Confirm>
  );
}
