// Editing the plan line and what the hotline can take: both are policy, so a reason goes with them.
import { NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../parts/confirm.tsx';
import { useWords } from '../parts/words.tsx';
import { useSend } from '../server/calls.tsx';
import { planFrom, planText } from './points.ts';
import { type CockpitView, PATH } from './types.ts';
import { ROLLOUT } from './words.ts';

const USUAL = { forced: 0.08, tooOld: 0.35, shutOut: 0.9 };

interface PlanDialogProps {
  readonly plan: CockpitView['plan'];
  readonly hotline: CockpitView['hotline'];
  readonly onClose: () => void;
}

export function PlanDialog({ plan, hotline, onClose }: PlanDialogProps) {
  const t = useWords(ROLLOUT);
  const [text, setText] = useState(planText(plan));
  const [calls, setCalls] = useState<number | string>(hotline?.callsPerDay ?? '');
  const [reason, setReason] = useState('');
  const put = useSend('PUT', `${PATH}/plan`, { changes: [PATH, '/v1/console/policy'] });
  const read = planFrom(text);
  const wrong = 'wrong' in read ? read.wrong : null;
  const save = (): void => {
    if ('wrong' in read || reason.trim() === '') return;
    const { callsPerDay: _, ...shares } = hotline ?? { ...USUAL, callsPerDay: 0 };
    put.mutate(
      {
        plan: read.plan,
        hotline: { ...shares, ...(typeof calls === 'number' ? { callsPerDay: calls } : {}) },
        reason: reason.trim(),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Confirm
      opened
      title={t.editPlan}
      yes={t.save}
      isBusy={put.isPending}
      error={put.error}
      isDirty={text !== planText(plan) || reason !== ''}
      onYes={save}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Textarea
          label={t.target}
          description={t.planHelp}
          autosize
          minRows={3}
          value={text}
          error={wrong === null ? null : `${t.planWrong}${wrong}`}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NumberInput label={t.callsPerDay} min={0} value={calls} onChange={setCalls} allowDecimal={false} />
        <TextInput
          label={t.reason}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </Confirm>
  );
}
