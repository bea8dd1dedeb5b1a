// Two-step verification (CM-1.1): every method with what is bound of it and what may be done, guidance, and the app-password warning.
import { useState } from 'preact/hooks';
import type { MethodRow, MeView } from '../../api/views.ts';
import { iconOf } from '../../authenticators/look.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { later } from '../../ui/later.tsx';
import { Chip, Notice } from '../../ui/notice.tsx';
import { COMMON } from '../../words/common.ts';
import { methodName, methodText } from '../../words/methods.ts';
import { say, useLocale, useSay } from '../../words/say.ts';
import { showDay, showWhen } from '../../words/time.ts';
import { Show, useLoad } from '../load.tsx';
import { goTo, hrefOf } from '../route.ts';
import { FRAME } from '../words/frame.ts';
import { SECURITY } from '../words/security.ts';
import { Beside, useBeside } from './beside.tsx';
import { Unbind } from './unbind.tsx';
import { useAppPasswords } from './use-app-passwords.ts';
import { boundOf } from './use-is-on.ts';

const BindDialog = later(() => import('./bind-dialog.tsx').then((module) => module.BindDialog));

type Doing = { readonly what: 'bind' | 'change' | 'unbind'; readonly row: MethodRow };

export function TwoStep({ me, onChanged }: { me: MeView; onChanged: () => void }) {
  const w = useSay(FRAME);
  const s = useSay(SECURITY);
  const c = useSay(COMMON);
  const locale = useLocale();
  const loaded = useLoad((calls) => calls.methods());
  const appPasswords = useAppPasswords();
  const beside = useBeside();
  const [doing, setDoing] = useState<Doing>();
  const [done, setDone] = useState<{ text: string; isFirst: boolean }>();
  const nameOf = (row: MethodRow): string => say(methodName(row.type), locale);
  const reload = (): void => {
    for (const one of [loaded, appPasswords, beside]) one.reload();
    onChanged();
  };
  const end = (what: 'bound' | 'changed' | 'unbound', row: MethodRow, isFirst = false): void => {
    setDone({ text: s(what, { method: nameOf(row) }), isFirst: isFirst && appPasswords.value?.needed === false });
    reload();
  };
  /** Whatever came of it: another tab may have changed the list, and a refusal may say so. */
  const close = (): void => {
    setDoing(undefined);
    reload();
  };
  return (
    <Show from={loaded} lines={7}>
      {({ items: rows }) => {
        const bound = boundOf(rows);
        const since = bound.flatMap(({ items }) => items.map((one) => one.since)).sort()[0];
        return (
          <>
            <p class="row">
              {since === undefined ? (
                <Chip tone="warn">{w('off')}</Chip>
              ) : (
                <Chip tone="good">{w('onSince', { date: showDay(since, locale) })}</Chip>
              )}
            </p>
            {done === undefined ? null : <Notice tone="good">{done.text}</Notice>}
            {done?.isFirst === true ? (
              <Notice tone="warn" title={s('needAppPassword')}>
                <a href={hrefOf('app-passwords')}>{s('appPasswordsSet')}</a>
              </Notice>
            ) : null}
            <section class="panel" aria-label={s('methods')}>
              <ul class="methods">
                {rows.map((row) => (
                  <Row key={row.type} row={row} onDo={(what) => setDoing({ what, row })} />
                ))}
              </ul>
            </section>
            <Beside appPasswords={appPasswords.value} {...beside.value} />
            <section class="panel stack tight">
              <h2>{s('guideTitle')}</h2>
              <p class="soft">{s('methodsLead')}</p>
              <p class="soft">{s('guide')}</p>
              <p class="soft">{c('notUnbound')}</p>
            </section>
            {doing === undefined ? null : doing.what === 'unbind' ? (
              <Unbind row={doing.row} rows={rows} onClose={close} onDone={() => end('unbound', doing.row)} />
            ) : (
              <BindDialog
                account={me.account}
                row={doing.row}
                change={doing.what === 'change'}
                onClose={close}
                onDone={() =>
                  doing.what === 'change'
                    ? end('changed', doing.row)
                    : end('bound', doing.row, bound.length === 0 && doing.row.type !== 'recovery-code')
                }
              />
            )}
          </>
        );
      }}
    </Show>
  );
}

function Row({ row, onDo }: { row: MethodRow; onDo: (what: Doing['what']) => void }) {
  const s = useSay(SECURITY);
  const locale = useLocale();
  const method = say(methodName(row.type), locale);
  const isBound = row.state === 'bound';
  const isCodes = row.type === 'recovery-code';
  const may = (action: MethodRow['actions'][number]): boolean => row.actions.includes(action);
  return (
    <li class="method" data-method={row.type}>
      <Icon name={iconOf(row.type)} size={24} />
      <div class="method-body">
        <h2 class="method-name">{method}</h2>
        <Facts row={row} />
        {row.reason === undefined ? null : (
          <p class="method-reason">
            {row.state === 'locked' ? <Icon name="lock" size={14} /> : null}
            {row.reason}
          </p>
        )}
      </div>
      <div class="method-actions">
        {row.type === 'app' && isBound ? (
          <Button label={s('changeOf', { method })} onClick={() => goTo('phones')}>
            {s('change')}
          </Button>
        ) : may('change') ? (
          <Button label={s('changeOf', { method })} onClick={() => onDo('change')}>
            {s('change')}
          </Button>
        ) : null}
        {may('bind') ? (
          <Button look="main" label={s(isCodes ? 'makeOf' : 'bindOf', { method })} onClick={() => onDo('bind')}>
            {s(isCodes ? 'make' : 'bind')}
          </Button>
        ) : null}
        {may('renew') ? (
          <Button label={s('renewOf', { method })} onClick={() => onDo('change')}>
            {s('renew')}
          </Button>
        ) : null}
        {may('unbind') && !isCodes ? (
          <Button label={s('unbindOf', { method })} onClick={() => onDo('unbind')}>
            {s('unbind')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** What is bound: its hints, since when, last used, how many are left. */
function Facts({ row }: { row: MethodRow }) {
  const s = useSay(SECURITY);
  const locale = useLocale();
  if (row.state !== 'bound')
    return (
      <p class="soft small">
        {s('notSet')} · {say(methodText(row.type), locale)}
      </p>
    );
  const hints = row.items.map(({ hint }) => hint).filter((hint) => hint !== '');
  const since = row.items.map((one) => one.since).sort()[0];
  const facts = [
    row.slots === undefined ? '' : s('phonesOf', { used: row.slots.used, of: row.slots.of }),
    row.codesLeft === undefined ? '' : s('codesLeft', { left: row.codesLeft, of: row.codesOf ?? 10 }),
    since === undefined ? '' : s('since', { date: showDay(since, locale) }),
    row.lastUsedAt === undefined ? '' : s('lastUsed', { when: showWhen(row.lastUsedAt, locale) }),
  ].filter((fact) => fact !== '');
  return (
    <>
      {hints.length === 0 ? null : <p class="method-hint">{hints.join(' · ')}</p>}
      <p class="soft small">{facts.join(' · ')}</p>
      {row.retiresAt === undefined ? null : (
        <Chip tone="warn">{s('retires', { date: showDay(row.retiresAt, locale) })}</Chip>
      )}
    </>
  );
}
