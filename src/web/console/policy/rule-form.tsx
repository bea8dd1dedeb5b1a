// One login rule as a form: who × when × required × allowed. What it makes goes into the document, where the check reads it like everything else.
import { Button, Group, Modal, MultiSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { COMMON } from '../parts/common.ts';
import { useLayer } from '../parts/layers.ts';
import { useWords } from '../parts/words.tsx';
import type { RuleRow } from './types.ts';
import { CONDITIONS, METHODS, POLICY } from './words.ts';

const TYPES = Object.keys(METHODS) as (keyof typeof METHODS)[];
/** What each condition may be; absent: whatever the tenant calls it. */
const VALUES: Readonly<Record<keyof typeof CONDITIONS, readonly string[] | null>> = {
  phase: ['sms-only', 'coexist', 'totp-only'],
  bound: TYPES,
  boundAll: TYPES,
  unbound: TYPES,
  client: null,
  kind: ['desktop', 'phone', 'web'],
  binds: TYPES,
  cohort: null,
  purpose: ['login', 'unbind', 'change', 'confirm'],
};
const NAMES = Object.keys(VALUES) as (keyof typeof VALUES)[];
type Outcome = 'challenge' | 'enrol' | 'challengeEnrol' | 'allow' | 'refuse';

interface RuleFormProps {
  readonly rule: RuleRow | null;
  readonly clients: readonly string[];
  readonly onApply: (rule: Readonly<Record<string, unknown>>) => void;
  readonly onClose: () => void;
}

const outcomeOf = (rule: RuleRow | null): Outcome =>
  rule?.refuse !== undefined
    ? 'refuse'
    : rule?.allow === true
      ? 'allow'
      : rule?.enrol === undefined
        ? 'challenge'
        : rule.challenge === undefined
          ? 'enrol'
          : 'challengeEnrol';

export function RuleForm({ rule, clients, onApply, onClose }: RuleFormProps) {
  const t = useWords(POLICY);
  const common = useWords(COMMON);
  const conditions = useWords(CONDITIONS);
  const methods = useWords(METHODS);
  const [name, setName] = useState(rule?.name ?? '');
  const [when, setWhen] = useState<Record<string, string[]>>({ ...rule?.when });
  const [outcome, setOutcome] = useState<Outcome>(outcomeOf(rule));
  const [challenge, setChallenge] = useState<string[]>([...(rule?.challenge ?? [])]);
  const [enrol, setEnrol] = useState<string[]>([...(rule?.enrol ?? [])]);
  const [recovery, setRecovery] = useState<string[]>([...(rule?.recovery ?? [])]);
  const [why, setWhy] = useState<string>(rule?.refuse ?? 'no-method');
  const [isTried, setTried] = useState(false);
  const filled = JSON.stringify([name, when, outcome, challenge, enrol, recovery, why]);
  const [first] = useState(filled);
  const asks = outcome === 'challenge' || outcome === 'challengeEnrol';
  const enrols = outcome === 'enrol' || outcome === 'challengeEnrol';
  const isWhole = name.trim() !== '' && (!asks || challenge.length > 0) && (!enrols || enrol.length > 0);
  const types = TYPES.map((value) => ({ value, label: methods[value] }));

  const apply = (): void => {
    setTried(true);
    if (!isWhole) return;
    const kept = Object.entries(when).filter(([, values]) => values.length > 0);
    onApply({
      name: name.trim(),
      // `binds` is one type; the others are lists, of which one value may stand alone.
      ...(kept.length === 0
        ? {}
        : {
            when: Object.fromEntries(
              kept.map(([of, values]) => [of, values.length === 1 && of !== 'boundAll' ? values[0] : values]),
            ),
          }),
      ...(asks ? { challenge } : {}),
      ...(asks && recovery.length > 0 ? { recovery } : {}),
      ...(asks && rule?.recoveryNeeds !== undefined && recovery.length >= rule.recoveryNeeds
        ? { recoveryNeeds: rule.recoveryNeeds }
        : {}),
      ...(enrols ? { enrol } : {}),
      ...(outcome === 'allow' ? { allow: true } : {}),
      ...(outcome === 'refuse' ? { refuse: why } : {}),
    });
  };

  return (
    <Modal {...useLayer(true, onClose, filled !== first)} title={t.editRule} size="lg">
      <Stack>
        <TextInput
          label={t.name}
          value={name}
          maxLength={100}
          data-autofocus
          error={isTried && name.trim() === '' ? t.needName : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Stack gap="xs" component="fieldset" bd={0} p={0} m={0}>
          <legend>{t.when}</legend>
          {NAMES.map((of) => {
            const values = of === 'client' ? clients : VALUES[of];
            const set = (chosen: string[]): void => setWhen({ ...when, [of]: chosen });
            return values === null ? (
              <TagsInput key={of} label={conditions[of]} size="xs" value={when[of] ?? []} onChange={set} />
            ) : (
              <MultiSelect
                key={of}
                label={conditions[of]}
                size="xs"
                data={values.map((value) => ({ value, label: methods[value as keyof typeof methods] ?? value }))}
                value={when[of] ?? []}
                {...(of === 'binds' ? { maxValues: 1 } : {})}
                onChange={set}
              />
            );
          })}
        </Stack>
        <Select
          label={t.outcome}
          allowDeselect={false}
          data={(['challenge', 'challengeEnrol', 'enrol', 'allow', 'refuse'] as const).map((value) => ({
            value,
            label: t[value],
          }))}
          value={outcome}
          onChange={(value) => setOutcome((value ?? 'challenge') as Outcome)}
        />
        {asks ? (
          <MultiSelect
            label={`${t.types} (${t.anyOf})`}
            data={types}
            value={challenge}
            error={isTried && challenge.length === 0 ? t.needTypes : undefined}
            onChange={setChallenge}
          />
        ) : null}
        {asks ? <MultiSelect label={t.recovery} data={types} value={recovery} onChange={setRecovery} /> : null}
        {enrols ? (
          <MultiSelect
            label={t.enrolTypes}
            data={types}
            value={enrol}
            error={isTried && enrol.length === 0 ? t.needTypes : undefined}
            onChange={setEnrol}
          />
        ) : null}
        {outcome === 'refuse' ? (
          <Select
            label={t.refuse}
            allowDeselect={false}
            data={['no-method', 'bind-elsewhere']}
            value={why}
            onChange={(value) => setWhy(value ?? 'no-method')}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button onClick={apply}>{t.apply}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
