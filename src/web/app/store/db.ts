// IndexedDB with promises: one database, one object store. It keeps key handles as they are, which localStorage cannot.

const NAME = 'hufu-app';
const ACCOUNTS = 'accounts';

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ACCOUNTS, { keyPath: 'phone' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the phone’s storage cannot be opened'));
    request.onblocked = () => reject(new Error('the phone’s storage is in use by an older page'));
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Runs one request in a transaction of its own; resolves once it is on disk. */
async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await database()).transaction(ACCOUNTS, mode, { durability: 'strict' });
  const request = work(transaction.objectStore(ACCOUNTS));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('the phone’s storage refused'));
  });
}

export const readAll = <T>(): Promise<T[]> => run('readonly', (store) => store.getAll() as IDBRequest<T[]>);
export const readOne = <T>(key: string): Promise<T | undefined> =>
  run('readonly', (store) => store.get(key) as IDBRequest<T | undefined>);
export const write = (value: object): Promise<unknown> => run('readwrite', (store) => store.put(value));
/** Changes what is stored under a key, in one transaction: nothing else is written in between. `undefined` when it is gone. */
export async function update<T extends object>(key: string, change: (now: T) => T): Promise<T | undefined> {
  let changed: T | undefined;
  await run('readwrite', (store) => {
    const reading = store.get(key) as IDBRequest<T | undefined>;
    reading.onsuccess = () => {
      if (reading.result === undefined) return;
      changed = change(reading.result);
      store.put(changed);
    };
    return reading;
  });
  return changed;
}
export const erase = (key: string): Promise<unknown> => run('readwrite', (store) => store.delete(key));
