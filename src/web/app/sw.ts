// Keeps the app's files on the phone, so that it opens and makes codes without a network, and shows that somebody asks. It serves
// files of one build and nothing else: calls to the server pass it by. A new build waits until the app asks for it or was closed everywhere.

// Put in by the build (scripts/setup/web.mjs): every file of this build below /app/, and a name for all of them.
declare const FILES: readonly string[];
declare const BUILD: string;

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(reply: Promise<Response>): void;
}

const worker = globalThis as unknown as {
  skipWaiting(): Promise<void>;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: Windows & { claim(): Promise<void> };
};
const on = addEventListener as unknown as <E extends Event>(name: string, work: (event: E) => void) => void;
const cacheName = `hufu-app-${BUILD}`;
const page = '/app/';

on<Extendable>('install', (event) => {
  const fresh = [page, ...FILES].map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

on<Extendable>('activate', (event) => {
  const tidy = async (): Promise<void> => {
    const old = (await caches.keys()).filter((name) => name.startsWith('hufu-app-') && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

interface Pushed extends Extendable {
  readonly data: { json(): { readonly title: string; readonly body: string } } | null;
}
interface Pressed extends Extendable {
  readonly notification: Notification;
}
interface Windows {
  matchAll(what: { type: 'window' }): Promise<readonly { readonly url: string; focus(): Promise<unknown> }[]>;
  openWindow(url: string): Promise<unknown>;
}

// Somebody asks: it is shown, and decides nothing. One notice stands for all that wait.
on<Pushed>('push', (event) => {
  const { title, body } = event.data?.json() ?? { title: 'Hufu 虎符', body: '' };
  const icon = '/app/icon-192.png';
  event.waitUntil(
    worker.registration.showNotification(title, { body, icon, tag: 'hufu-asked', requireInteraction: true }),
  );
});

on<Pressed>('notificationclick', (event) => {
  event.notification.close();
  const show = async (): Promise<void> => {
    const open = await worker.clients.matchAll({ type: 'window' });
    const ours = open.find(({ url }) => new URL(url).pathname.startsWith(page));
    await (ours === undefined ? worker.clients.openWindow(page) : ours.focus());
  };
  event.waitUntil(show());
});

on<MessageEvent>('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting();
});

on<Fetching>('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const file = request.mode === 'navigate' && pathname === page ? page : FILES.find((one) => one === pathname);
  if (file === undefined) return;
  event.respondWith(caches.match(file).then((kept) => kept ?? fetch(request)));
});
