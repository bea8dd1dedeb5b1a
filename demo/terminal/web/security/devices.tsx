// The phones of an account: what it is, which client, since when; and Remove.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ClientDevice } from '../../../../sdk/src/types.ts';
import { useCalls } from '../api/calls.ts';
import { usePlace } from '../state/place.ts';
import { useTask } from '../state/task.ts';
import { Button } from '../ui/button.tsx';
import { Chip, Loading } from '../ui/note.tsx';
import { Problem } from '../ui/problem.tsx';
import { clientName } from '../words/clients.ts';
import { showTime, useLocale, useSay } from '../words/say.ts';
import { TOTP } from '../words/totp.ts';

export function Devices({ account }: { account: string }) {
  const w = useSay(TOTP);
  const calls = useCalls();
  const task = useTask();
  const [devices, setDevices] = useState<readonly ClientDevice[] | null>(null);
  const { run } = task;
  const load = useCallback(async (): Promise<void> => {
    const found = await run(() => calls.devices(account));
    if (found !== undefined) setDevices(found);
  }, [run, calls, account]);
  useEffect(() => void load(), [load]);

  const revoke = async (device: string): Promise<void> => {
    await run(() => calls.revoke(account, device));
    await load();
  };
  return (
    <section class="card stack" aria-label={w('devicesTitle')}>
      <h3>{w('devicesTitle')}</h3>
      <p class="soft small">{w('devicesText')}</p>
      {task.problem !== null && <Problem problem={task.problem} />}
      {devices === null && task.problem === null && <Loading label={w('loading')} />}
      {devices?.length === 0 && <p class="empty">{w('devicesNone')}</p>}
      {devices !== null && devices.length > 0 && (
        <ul class="devices">
          {devices.map((device) => (
            <Device key={device.id} device={device} onRevoke={() => revoke(device.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Device({ device, onRevoke }: { device: ClientDevice; onRevoke: () => Promise<void> }) {
  const w = useSay(TOTP);
  const locale = useLocale();
  const { tenant } = usePlace();
  const [asking, setAsking] = useState(false);
  const client = tenant.clients.find((one) => one.id === device.client) ?? { id: device.client, name: device.client };
  const { name } = device;
  return (
    <li class={device.status === 'revoked' ? 'gone' : undefined}>
      <div>
        <strong>{name}</strong>
        <span class="soft small">
          {clientName(client, locale)} <span class="digits">{device.version}</span>
        </span>
        <span class="soft small">
          {w('firstUsed')} {showTime(device.firstUsedAt, locale)}
          <br />
          {w('lastUsed')} {showTime(device.lastUsedAt, locale)}
        </span>
      </div>
      {device.status === 'revoked' ? (
        <Chip tone="bad">{w('revoked')}</Chip>
      ) : asking ? null : (
        <Button label={w('revokeOf', { name })} onClick={() => setAsking(true)}>
          {w('revoke')}
        </Button>
      )}
      {asking && device.status === 'active' && (
        <div class="ask" role="group" aria-label={w('revokeOf', { name })}>
          <p>{w('revokeAsk', { name })}</p>
          <Button look="danger" onClick={() => void onRevoke()}>
            {w('revokeOf', { name })}
          </Button>
          <Button onClick={() => setAsking(false)}>{w('keep')}</Button>
        </div>
      )}
    </li>
  );
}
