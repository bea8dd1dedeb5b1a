// Keeps the app's files on the phone, so that it opens and makes codes without a network. It serves files of one build and
// nothing else: calls to the server pass it by. A new build waits until the app asks for it or was closed everywhere.

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

const worker = globalThis as unknown as { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };
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
