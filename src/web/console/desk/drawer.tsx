// One action on one account, from top to bottom: on what, what it does, who called, why; then it is done, or waits for a second operator (OP-1.2, OP-1.5).
import { Alert, Button, Drawer, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Confirm } from '../parts/confirm.tsx';
import { useLayer } from '../parts/layers.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useApi, useSend } from '../server/calls.tsx';
import { useKept } from '../server/unsaved.ts';
import { CallerCheck } from './caller-check.tsx';
import { Codes } from './codes.tsx';
import { initial, MembersForm, membersOf, requestOf } from './members.tsx';
import { Effects, Flags, Opened, Part } from './shown.tsx';
import type { Action, ActPreview, BypassIssued, Case, CaseOpened, Checked, DeskOptions, Members } from './types.ts';
import { ACTIONS, CASES, DESK } from './words.ts';

interface ActionDrawerProps {
  /** The case this is another revision of; without, something new is asked for. */
  readonly revising?: Case;
  readonly options: DeskOptions;
  readonly action: Action;
  readonly onClose: () => void;
}

export function ActionDrawer({ options, action, revising, onClose }: ActionDrawerProps) {
  const say = useWords(ACTIONS);
  const cases = useWords(CASES);
  const [half, setHalf] = useState<HalfFilled | null>(null);
  const form = `${action} ${options.account} ${revising === undefined ? '' : `${revising.id}/${revising.revision}`}`;
  return (
    <Drawer
      {...useLayer(true, onClose, half !== null, { name: form, value: half })}
      position="right"
      size="md"
      title={`${revising === undefined ? say[action] : cases.edit} · ${options.account}`}
      // What is half filled in is not lost by a click beside it.
      closeOnClickOutside={false}
    >
      <ActionForm
        options={options}
        action={action}
        onClose={onClose}
        form={form}
        onHalf={setHalf}
        {...(revising === undefined ? {} : { revising })}
      />
    </Drawer>
  );
}

/** What is kept where the session ends under the form. Who was verified is verified again. */
interface HalfFilled {
  readonly members: Members;
  readonly reason: string;
  readonly note: string;
}

interface ActionFormProps extends ActionDrawerProps {
  /** Its name, by which what is kept of it is found. */
  readonly form: string;
  /** What closing it would lose; null: nothing. */
  readonly onHalf: (half: HalfFilled | null) => void;
}

type Answer = CaseOpened | BypassIssued | object;

function ActionForm({ options, action, revising, form, onClose, onHalf }: ActionFormProps) {
  const cases = useWords(CASES);
  const t = useWords(DESK);
  const say = useWords(ACTIONS);
  const { account } = options;
  const [first] = useState<Members>(() =>
    revising === undefined ? initial(action, options) : membersOf(revising.input),
  );
  const kept = useKept<HalfFilled>(form);
  const [members, setMembers] = useState(kept?.members ?? first);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [reason, setReason] = useState(kept?.reason ?? revising?.reason ?? '');
  const [note, setNote] = useState(kept?.note ?? revising?.note ?? '');
  // Who was verified for the revision before is verified.
  const isVerified = checked !== null || revising?.callerCheck !== undefined;
  const [isAsking, setAsking] = useState(false);
  const seen = usePreview(account, action, members, isVerified);
  const onChecked = useCallback((found: Checked | null) => setChecked(found), []);
  const { path, body } =
    revising === undefined
      ? requestOf(account, action, members)
      : {
          path: `/v1/console/cases/${encodeURIComponent(revising.id)}`,
          body: { revision: revising.revision, input: members },
        };
  const send = useSend<Answer, object>(revising === undefined ? 'POST' : 'PUT', path);
  const done = send.data;
  const isDirty =
    !send.isSuccess &&
    (members !== first || checked !== null || reason !== (revising?.reason ?? '') || note !== (revising?.note ?? ''));
  useEffect(() => onHalf(isDirty ? { members, reason, note } : null), [onHalf, isDirty, members, reason, note]);

  if (send.isSuccess && revising !== undefined)
    return (
      <Stack gap="md" align="flex-start" role="status">
        <Alert color="yellow" variant="light" title={cases.edited} w="100%">
          {null}
        </Alert>
        <DoneButton onClick={onClose} />
      </Stack>
    );
  if (send.isSuccess) return <Result answer={done ?? {}} onClose={onClose} />;
  const isMissing =
    reason === '' ||
    seen.preview === null ||
    (options.callerCheck === 'required' && needsCaller(action) && !isVerified);
  const isCase = revising !== undefined || seen.preview?.needsSecond === true;
  const yes = revising === undefined ? (isCase ? t.submitCase : t.submit) : cases.editYes;
  const submit = (): void => {
    setAsking(false);
    send.mutate({
      ...body,
      reason,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(checked === null ? {} : { callerCheck: checked }),
    });
  };
  return (
    <Stack gap="lg">
      {revising === undefined ? null : (
        <Alert color="orange" variant="light">
          {cases.editSays}
        </Alert>
      )}
      <MembersForm action={action} options={options} value={members} before={revising?.input} onChange={setMembers} />
      <Part title={t.effects}>
        {seen.preview === null ? (
          seen.error === null ? (
            <Loading />
          ) : (
            <Failed error={seen.error} isPage={false} />
          )
        ) : null}
        {seen.preview === null ? null : (
          <>
            <Effects effects={seen.preview.effects} />
            <Flags flags={seen.preview.riskFlags} isQuiet />
            {isCase && revising === undefined ? (
              <Text size="sm" fw={600}>
                {t.needsSecond}
              </Text>
            ) : null}
          </>
        )}
      </Part>
      {needsCaller(action) ? <CallerCheck options={options} onChecked={onChecked} /> : null}
      <NativeSelect
        label={t.reason}
        required
        value={reason}
        data={[
          { value: '', label: t.choose, disabled: true },
          ...options.reasons.map(({ code, text }) => ({ value: code, label: `${code} ${text}` })),
        ]}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      <Textarea
        label={t.note}
        description={t.noteHint}
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
      {send.error === null ? null : <Failed error={send.error} isPage={false} />}
      <Button disabled={isMissing} loading={send.isPending} onClick={() => setAsking(true)}>
        {yes}
      </Button>
      <Confirm
        opened={isAsking}
        title={t.sure(say[action], account)}
        yes={isCase ? yes : say[action]}
        isDangerous={!isCase}
        onYes={submit}
        onClose={() => setAsking(false)}
      >
        <Effects effects={seen.preview?.effects ?? []} />
        <Text size="sm">{revising === undefined ? t.toldOwner : cases.editSays}</Text>
      </Confirm>
    </Stack>
  );
}

const needsCaller = (action: Action): boolean => action !== 'revoke-trust' && action !== 'revoke-app-password';

function Result({ answer, onClose }: { readonly answer: Answer; readonly onClose: () => void }) {
  const t = useWords(DESK);
  return (
    <Stack gap="md" align="flex-start" role="status">
      {'case' in answer ? (
        <Opened opened={answer} />
      ) : (
        <Alert color="green" variant="light" title={t.done} w="100%">
          <Text size="sm">{t.toldOwner}</Text>
        </Alert>
      )}
      {'codes' in answer ? <Codes issued={answer} /> : null}
      <DoneButton onClick={onClose} />
    </Stack>
  );
}

/** The end of a drawer: what was pressed is gone, so it has the focus. */
function DoneButton({ onClick }: { readonly onClick: () => void }) {
  const t = useWords(DESK);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Button variant="default" ref={button} onClick={onClick} data-autofocus>
      {t.done}
    </Button>
  );
}

/** What it would do, asked again whenever what it is about changes. What was answered about something else is no answer: until its own comes there is none. */
function usePreview(
  account: string,
  action: Action,
  members: Members,
  isVerified: boolean,
): { readonly preview: ActPreview | null; readonly error: unknown } {
  const api = useApi();
  const [told, setTold] = useState<{ of: string; preview: ActPreview | null; error: unknown } | null>(null);
  const text = JSON.stringify({ action, verified: isVerified, ...members });
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      api
        .send<ActPreview>(
          'POST',
          `/v1/console/accounts/${encodeURIComponent(account)}/actions:preview`,
          JSON.parse(text),
        )
        .then(
          (preview) => isCurrent && setTold({ of: text, preview, error: null }),
          (error: unknown) => isCurrent && setTold({ of: text, preview: null, error }),
        );
    }, 150);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [api, account, text]);
  return told?.of === text ? told : NOTHING_TOLD;
}

const NOTHING_TOLD = { preview: null, error: null } as const;
