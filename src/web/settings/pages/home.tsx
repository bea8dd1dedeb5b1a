// The first page: hello, and where things are.
import { useTenant } from '../../api/tenant.tsx';
import type { MeView } from '../../api/views.ts';
import { Chip } from '../../ui/notice.tsx';
import { useSay } from '../../words/say.ts';
import { type Place, Places } from '../places.tsx';
import { FRAME } from '../words/frame.ts';
import { APPLY } from '../words/mail.ts';
import { SECURITY } from '../words/security.ts';
import { useIsOn } from './use-is-on.ts';

export function Home({ me }: { me: MeView }) {
  const w = useSay(FRAME);
  const s = useSay(SECURITY);
  const isOn = useIsOn();
  const a = useSay(APPLY);
  const { methods = [] } = useTenant();
  const places: Place[] = [
    {
      to: 'security',
      icon: 'shield',
      name: w('security'),
      text: s('homeLead'),
      state: isOn === undefined ? null : <Chip tone={isOn ? 'good' : 'warn'}>{w(isOn ? 'on' : 'off')}</Chip>,
    },
  ];
  if (methods.includes('app')) places.push({ to: 'service', icon: 'help', name: w('service'), text: a('lead') });
  return (
    <>
      <p class="lead">{w('welcome', { name: me.name ?? me.account })}</p>
      <Places places={places} />
    </>
  );
}

/** Customer service. */
export function Service() {
  const w = useSay(FRAME);
  const a = useSay(APPLY);
  return <Places places={[{ to: 'apply', icon: 'phone', name: w('apply'), text: a('lead') }]} />;
}
