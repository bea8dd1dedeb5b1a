// A file of the server's, kept by the browser. The call carries the tenant, so a plain link would not do.
import { useCallback, useState } from 'react';
import { useMe } from '../server/me.tsx';

/** `const { isBusy, error, save } = useDownload(); save('/v1/…/export', 'list.csv')`. */
export function useDownload() {
  const { tenant } = useMe();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = useCallback(
    async (path: string, name: string) => {
      setBusy(true);
      setError(null);
      try {
        const reply = await fetch(path, { headers: { 'Hufu-Tenant': tenant }, credentials: 'same-origin' });
        if (!reply.ok) throw new Error(String(reply.status));
        const url = URL.createObjectURL(await reply.blob());
        const link = document.createElement('a');
        link.href = url;
        link.download = name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(url), 60_000);
      } catch (failure) {
        setError(failure);
      } finally {
        setBusy(false);
      }
    },
    [tenant],
  );
  return { isBusy, error, save };
}
