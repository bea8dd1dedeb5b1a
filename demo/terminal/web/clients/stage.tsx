// The stage: the chosen client in its frame, and beside it what a visitor may try there.
import type { ComponentType } from 'preact';
import type { ClientView, TenantView } from '../../views.ts';
import { usePlace } from '../state/place.ts';
import { useSay, type Words } from '../words/say.ts';
import { TRADING } from '../words/trading.ts';
import { EStarX } from './estar-x.tsx';
import { Star93 } from './star-9-3.tsx';
import { Star95 } from './star-9-5.tsx';

interface Face {
  client: ComponentType;
  tip: keyof typeof TRADING;
}
const FACES: Readonly<Record<string, Face>> = {
  'star-9.5': { client: Star95, tip: 'tip95' },
  'star-9.3': { client: Star93, tip: 'tip93' },
  'estar-x': { client: EStarX, tip: 'tipX' },
};
/** A client the demo has no face for wears the one of its kind. */
const BY_KIND = { desktop: 'star-9.3', web: 'star-9.3', phone: 'estar-x' } as const;

export function Stage() {
  const { tenant, client, device } = usePlace();
  const face = FACES[client.id] ?? FACES[BY_KIND[client.kind]];
  if (face === undefined) return null;
  const Client = face.client;
  return (
    <div class={client.kind === 'phone' ? 'stage beside' : 'stage'}>
      <Client key={`${tenant.id} ${client.id} ${device}`} />
      <Tips first={tipFor(tenant, client) ?? face.tip} />
    </div>
  );
}

/** A brokerage that binds on the desktop only has other things to try. */
function tipFor({ preset }: TenantView, { kind, offers }: ClientView): keyof typeof TRADING | null {
  if (offers.length === 0) return 'tipNoBind';
  return preset === 'star-desktop-bind' && kind === 'desktop' ? 'tipDesk' : null;
}

function Tips({ first }: { first: keyof typeof TRADING }) {
  const w = useSay<string>(TRADING as Readonly<Record<string, Words>>);
  return (
    <aside class="tips" aria-label={w('tips')}>
      <h2>{w('tips')}</h2>
      <ol>
        {[first, 'tipPhase', 'tipOld', 'tipSms'].map((tip) => (
          <li key={tip}>{w(tip)}</li>
        ))}
      </ol>
    </aside>
  );
}
