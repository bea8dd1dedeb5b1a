// The line that says who is signing in to what.
import { usePlace } from '../state/place.ts';
import { clientName } from '../words/clients.ts';
import { LOGIN } from '../words/login.ts';
import { useLocale, useSay } from '../words/say.ts';

export function SigningIn({ account }: { account: string }) {
  const w = useSay(LOGIN);
  const locale = useLocale();
  const { client } = usePlace();
  return <p class="context">{w('signingIn', { client: clientName(client, locale), account })}</p>;
}
