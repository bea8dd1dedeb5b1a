// Whether the browser has a connection at all.
import { useEffect, useState } from 'preact/hooks';

export function useOnline(): boolean {
  const [online, set] = useState(() => navigator.onLine);
  useEffect(() => {
    const look = (): void => set(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
}
