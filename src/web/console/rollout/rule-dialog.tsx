// Writing the rule of a cohort: all that is given must hold.
import { Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ACCOUNT_COLUMNS, readAccounts } from '../../../contract/account-file.ts';
import { useFileFault } from '../parts/account-file.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { PATH, type RuledCohortView, type RuleView, type SavedCohortView } from './types.ts';
import { COHORTS } from './words-cutover.ts';

const FREQUENCIES = ['often', 'rarely', 'never'] as const;
const BOUND = ['nothing', 'sms-only', 'strong'] as const;
const listOf = (text: string): string[] => text.split(/[\s,，、]+/).filter((one) => one !== '');
/** What an account may be called, as the server takes it. */
const isAccount = (text: string): boolean => text !== '' && text.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(text);
/** As many accounts as one call takes. */
const AT_ONCE = 2000;

interface RuleDialogProps {
  readonly cohort: RuledCohortView | null;
  readonly onClose: () => void;
  /** It is saved; of whom the list names, these are nobody. */
  readonly onSaved: (unknown: SavedCohortView['unknown']) => void;
}

export function RuleDialog({ cohort, onClose, onSaved }: RuleDialogProps) {
  const t = useWords(COHORTS);
  const rule = cohort?.rule ?? {};
  const [name, setName] = useState(cohort?.name ?? '');
  const [lastLogin, setLastLogin] = useState<readonly (typeof FREQUENCIES)[number][]>(rule.lastLogin ?? []);
  const [bound, setBound] = useState<string>(rule.bound ?? '');
  const [clients, setClients] = useState((rule.clients ?? []).join(' '));
  const [olderThan, setOlderThan] = useState(rule.olderThan ?? '');
  const [outside, setOutside] = useState((rule.phoneOutside ?? []).join(' '));
  const [isListed, setListed] = useState(rule.isListed === true);
  const [list, setList] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const faultOf = useFileFault();
  const [takesOthers, setTakesOthers] = useState(rule.takesOthers === true);
  const [reason, setReason] = useState('');
  const put = useSend<SavedCohortView>('PUT', `${PATH}/cohorts/${encodeURIComponent(name.trim())}`, {
    changes: [PATH],
  });
  const count = useSend('POST', `${PATH}/cohorts/${encodeURIComponent(name.trim())}/runs`, { changes: [PATH] });
  /** The accounts of the list, read as bulk work reads a file; null where a line of it is none. */
  const accounts = (): readonly string[] | null => {
    if (!isListed || list.trim() === '') return [];
    try {
      const { rows } = readAccounts(list, ACCOUNT_COLUMNS, { mayBeList: true });
      const bad = rows.find(({ given, fault }) => fault !== null || !isAccount(given.account ?? ''));
      if (bad === undefined) return rows.flatMap(({ given }) => given.account ?? []);
      setWrong(t.badLine(bad.line));
    } catch (error) {
      const told = faultOf(error);
      if (told === null) throw error;
      setWrong(told);
    }
    return null;
  };
  const save = async (): Promise<void> => {
    if (name.trim() === '' || reason.trim() === '') return;
    const written: RuleView = {
      ...(lastLogin.length === 0 ? {} : { lastLogin: [...lastLogin] }),
      ...(bound === '' ? {} : { bound: bound as NonNullable<RuleView['bound']> }),
      ...(clients.trim() === '' ? {} : { clients: listOf(clients) }),
      ...(olderThan.trim() === '' ? {} : { olderThan: olderThan.trim() }),
      ...(outside.trim() === '' ? {} : { phoneOutside: listOf(outside.toUpperCase()) }),
      ...(isListed ? { isListed: true } : {}),
      ...(takesOthers ? { takesOthers: true } : {}),
    };
    const listed = accounts();
    if (listed === null) return;
    try {
      let saved: SavedCohortView | undefined;
      for (let from = 0; from === 0 || from < listed.length; from += AT_ONCE)
        saved = await put.mutateAsync({
          rule: written,
          listed: listed.slice(from, from + AT_ONCE),
          reason: reason.trim(),
        });
      await count.mutateAsync({ mode: 'count', reason: reason.trim() });
      onSaved(saved?.unknown ?? { count: 0, first: [] });
    } catch {
      // The dialog says what was refused.
    }
  };
  return (
    <Confirm
      opened
      title={cohort?.name ?? t.new}
      yes={t.save}
      isBusy={put.isPending}
      error={put.error ?? count.error}
      isDirty={reason !== '' || list !== '' || name !== (cohort?.name ?? '')}
      onYes={() => void save()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label={t.name}
          required
          maxLength={64}
          readOnly={cohort !== null}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t.lastLogin}
          value={[...lastLogin]}
          onChange={(next) => setLastLogin(FREQUENCIES.filter((one) => next.includes(one)))}
        >
          <Stack gap={4} mt={4}>
            {FREQUENCIES.map((one) => (
              <Checkbox key={one} value={one} label={t[one]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={t.bound}
          value={bound}
          onChange={(event) => setBound(event.currentTarget.value)}
          data={[{ value: '', label: t.any }, ...BOUND.map((one) => ({ value: one, label: t[one] }))]}
        />
        <TextInput label={t.clients} value={clients} onChange={(event) => setClients(event.currentTarget.value)} />
        <TextInput
          label={t.olderThan}
          value={olderThan}
          onChange={(event) => setOlderThan(event.currentTarget.value)}
        />
        <TextInput label={t.phoneOutside} value={outside} onChange={(event) => setOutside(event.currentTarget.value)} />
        <Checkbox label={t.listed} checked={isListed} onChange={(event) => setListed(event.currentTarget.checked)} />
        {isListed ? (
          <Textarea
            label={t.list}
            autosize
            minRows={3}
            maxRows={10}
            value={list}
            error={wrong}
            onChange={(event) => {
              setList(event.currentTarget.value);
              setWrong(null);
            }}
          />
        ) : null}
        <Checkbox
          label={t.takesOthers}
          checked={takesOthers}
          onChange={(event) => setTakesOthers(event.currentTarget.checked)}
        />
        <TextInput
          label={t.reason}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  );
}
