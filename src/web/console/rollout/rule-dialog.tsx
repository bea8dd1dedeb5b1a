// Writing the rule of a cohort: all that is given must hold.
import { Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../parts/confirm.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { PATH, type RuledCohortView, type RuleView } from './types.ts';
import { COHORTS } from './words-cutover.ts';

const FREQUENCIES = ['often', 'rarely', 'never'] as const;
const BOUND = ['nothing', 'sms-only', 'strong'] as const;
const listOf = (text: string): string[] => text.split(/[\s,，、]+/).filter((one) => one !== '');
/** As many accounts as one call takes. */
const AT_ONCE = 2000;

interface RuleDialogProps {
  readonly cohort: RuledCohortView | null;
  readonly onClose: () => void;
}

export function RuleDialog({ cohort, onClose }: RuleDialogProps) {
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
  const [takesOthers, setTakesOthers] = useState(rule.takesOthers === true);
  const [reason, setReason] = useState('');
  const put = useSend<RuledCohortView>('PUT', `${PATH}/cohorts/${encodeURIComponent(name.trim())}`, {
    changes: [PATH],
  });
  const count = useSend('POST', `${PATH}/cohorts/${encodeURIComponent(name.trim())}/runs`, { changes: [PATH] });
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
    const listed = isListed ? list.split('\n').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])) : [];
    try {
      for (let from = 0; from === 0 || from < listed.length; from += AT_ONCE)
        await put.mutateAsync({ rule: written, listed: listed.slice(from, from + AT_ONCE), reason: reason.trim() });
      await count.mutateAsync({ mode: 'count', reason: reason.trim() });
      onClose();
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
            onChange={(event) => setList(event.currentTarget.value)}
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
