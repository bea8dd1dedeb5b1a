// Scan to approve: a QR that a phone claims; the page goes on by itself (CM-3.2). While it is looked at it is renewed by itself, which is said aloud; one
// that was left to end says so and is renewed by a click.

import { useEffect, useState } from 'preact/hooks';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { ScanView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { StepHeading } from '../ui/heading.tsx';
import { Problem } from '../ui/problem.tsx';
import { QrPanel, type QrState } from '../ui/qr.tsx';
import { useTask } from '../ui/task.ts';
import { useSay } from '../words/say.ts';
import { VERIFY } from '../words/verify.ts';
import { hasTime, isDue } from './renewal.ts';
import type { ScreenProps } from './screen.ts';
import { isFinal } from './screen.ts';
import { useApproval } from './use-approval.ts';

export function ScanScreen({ login, way, ways, onVerified, onEnded, onWay }: ScreenProps) {
  const w = useSay(VERIFY);
  const calls = useCalls();
  const { contact } = useTenant();
  const task = useTask();
  const [scan, setScan] = useState<ScanView>();
  // How often in a row it was renewed by itself: a press begins the count anew.
  const [renewed, setRenewed] = useState(0);
  const make = async (count: number): Promise<void> => {
    setRenewed(count);
    // The new one is there before the task is over: else the old one would seem due once more.
    await task.run(async () => setScan(await calls.scan()));
  };
  useEffect(() => void make(0), [login.id]);
  useEffect(() => {
    if (task.problem !== null && isFinal(task.problem)) onEnded(task.problem);
  }, [task.problem]);

  const endsAt = scan === undefined ? undefined : Date.parse(scan.refreshAt ?? scan.expiresAt);
  const left = useSecondsUntil(endsAt ?? null);
  const { state, problem } = useApproval(scan?.id, onVerified, onEnded);
  const shown = stateOf(scan, state?.status, left);
  const [timed, setTimed] = useState<string>();
  useEffect(() => {
    if (scan !== undefined && hasTime(left)) setTimed(scan.id);
  }, [scan, left]);
  const isVisible = document.visibilityState === 'visible';
  const hadTime = scan !== undefined && timed === scan.id && !task.busy && task.problem === null;
  const due = isDue({ state: shown, left, renewed, hadTime, isVisible });
  useEffect(() => {
    if (due) void make(renewed + 1);
  }, [due]);
  const code =
    ways.find(({ kind, type }) => kind === 'code' && type === way.type) ?? ways.find(({ kind }) => kind === 'code');
  return (
    <>
      <StepHeading>{w('scanTitle')}</StepHeading>
      <p class="soft">{w(way.type === 'wechat' ? 'scanLeadWechat' : 'scanLead')}</p>
      <QrPanel
        qr={scan?.qr}
        state={shown}
        endsAt={endsAt}
        phone={state?.by}
        busy={task.busy}
        onRefresh={() => void make(0)}
      />
      <p class="unseen" role="status">
        {renewed > 0 && !task.busy && shown === 'waiting' ? w('scanRenewed', { n: String(renewed) }) : ''}
      </p>
      {scan === undefined ? null : (
        <a class="on-phone" href={scan.url} target="_blank" rel="noopener noreferrer">
          {w('scanOnPhone')}
        </a>
      )}
      {problem === null ? null : <Problem problem={problem} contact={contact} />}
      {task.problem === null ? null : <Problem problem={task.problem} contact={contact} />}
      {code === undefined ? null : (
        <Button look="link" onClick={() => onWay(code)}>
          {w('scanToCode')}
        </Button>
      )}
    </>
  );
}

function stateOf(scan: ScanView | undefined, status: string | undefined, left: number): QrState {
  if (status === 'approved') return 'done';
  if (status === 'claimed') return 'scanned';
  if (scan === undefined) return 'making';
  return left === 0 || status === 'expired' ? 'expired' : 'waiting';
}
