// The service worker's page side: registers it, and offers a new version once it is there.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { APP } from '../words/app.ts';

let ready: ServiceWorker | null = null;
const waiting = new Set<() => void>();

function found(worker: ServiceWorker | null): void {
  if (worker === null) return;
  ready = worker;
  for (const one of waiting) one();
}

/** Without a worker the app works too, but not without a network. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const registration = await serviceWorker.register('/app/sw.js', { scope: '/app/' }).catch(() => null);
  if (registration === null) return;
  // Only with an older one in charge is this an update, and not the first visit.
  const isUpdate = (): boolean => serviceWorker.controller !== null;
  if (isUpdate()) found(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && isUpdate()) found(coming);
    });
  });
}

/** Offers the new version; nothing happens to what is on the screen before it is taken. */
export function Update() {
  const w = useSay(APP);
  const [, again] = useState(0);
  useEffect(() => {
    const came = (): void => again((count) => count + 1);
    waiting.add(came);
    return () => void waiting.delete(came);
  }, []);
  const worker = ready;
  if (worker === null) return null;
  const take = (): void => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('take-over');
  };
  return (
    <Notice title={w('update')}>
      <Button look="link" onClick={take}>
        {w('updateDo')}
      </Button>
    </Notice>
  );
}
