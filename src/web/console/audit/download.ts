// A file from the server to the browser's downloads. The call carries the tenant's header, which a plain link could not.
import { type ProblemView, Refused } from '../../api/http.ts';

/** Saves what a path answers under a name; throws the server's refusal. */
export async function download(path: string, tenant: string, name: string): Promise<void> {
  const reply = await fetch(path, { headers: { 'hufu-tenant': tenant }, credentials: 'same-origin' });
  if (!reply.ok) throw new Refused((await reply.json()) as ProblemView);
  const url = URL.createObjectURL(await reply.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
