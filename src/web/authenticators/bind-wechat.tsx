// Binds WeChat: a QR that WeChat scans; the page turns to bound by itself once the mini-program confirmed it (CM-2.1).
import { useEffect, useState } from 'preact/hooks';
import { useCalls, useTenant } from '../api/tenant.tsx';
import type { BindingView } from '../api/views.ts';
import { Button } from '../ui/button.tsx';
import { useSecondsUntil } from '../ui/clock.ts';
import { StepHeading } from '../ui/heading.tsx';
import { Problem } from '../ui/problem.tsx';
import { QrPanel } from '../ui/qr.tsx';
import { useTask } from '../ui/task.ts';
import { BIND } from '../words/bind.ts';
import { useSay } from '../words/say.ts';
import type { BindProps } from './bind-props.ts';

const LOOK_MS = 1000;

export function BindWechat({ start, onBound }: BindProps) {
  const w = useSay(BIND);
  const calls = useCalls();
  const { contact } = useTenant();
  const task = useTask();
  const [binding, setBinding] = useState<BindingView>();
  const [isBound, setBound] = useState(false);
  const endsAt = binding?.expiresAt === undefined ? undefined : Date.parse(binding.expiresAt);
  const left = useSecondsUntil(endsAt ?? null);
  const isOver = binding !== undefined && left === 0;
  const make = async (): Promise<void> => {
    const made = await task.run(() => start('wechat'));
    if (made !== undefined) setBinding(made);
  };
  useEffect(() => void make(), []);
  useEffect(() => {
    if (binding === undefined || isOver || isBound) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return;
      // A look that fails is made again a second later.
      calls.bindingState(binding.id).then(
        ({ status }) => {
          if (status !== 'bound') return;
          clearInterval(timer);
          setBound(true);
          onBound({ status: 'bound', offerRecoveryCodes: false });
        },
        () => {},
      );
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [binding, isOver, isBound]);
  return (
    <>
      <StepHeading>{w('wechatTitle')}</StepHeading>
      <p class="soft">{w('wechatLead')}</p>
      {task.problem === null ? (
        <QrPanel
          qr={binding?.qrSvg ?? binding?.qr}
          state={isBound ? 'done' : binding === undefined ? 'making' : isOver ? 'expired' : 'waiting'}
          alt={w('wechatTitle')}
          endsAt={endsAt}
          busy={task.busy}
          onRefresh={() => void make()}
        />
      ) : (
        <>
          <Problem problem={task.problem} contact={contact} />
          <Button busy={task.busy} onClick={() => void make()}>
            {w('restart')}
          </Button>
        </>
      )}
    </>
  );
}
