// The phones that signed in with a code. A table on wide screens, cards on a phone (desk.css).
import type { ClientDevice } from '../../../../sdk/src/types.ts';
import { sayer } from '../guides/sayer.ts';
import { clientName } from '../words/clients.ts';
import type { Locale } from '../words/say.ts';
import { When } from './when.tsx';
import { WORDS } from './words.ts';

export function Devices({ locale, devices }: { locale: Locale; devices: readonly ClientDevice[] }) {
  const w = sayer(WORDS, locale);
  if (devices.length === 0) return <p class="desk-none">{w('noDevices')}</p>;
  return (
    <table class="desk-devices">
      <thead>
        <tr>
          <th scope="col">{w('device')}</th>
          <th scope="col">{w('client')}</th>
          <th scope="col">{w('firstUsed')}</th>
          <th scope="col">{w('lastUsed')}</th>
          <th scope="col">{w('status')}</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.id}>
            <th scope="row">{device.name}</th>
            <td data-head={w('client')}>
              {clientName({ id: device.client, name: device.client }, locale)} {device.version}
            </td>
            <td data-head={w('firstUsed')}>
              <When at={device.firstUsedAt} locale={locale} />
            </td>
            <td data-head={w('lastUsed')}>
              <When at={device.lastUsedAt} locale={locale} />
            </td>
            <td data-head={w('status')}>
              <span class={device.status === 'active' ? 'desk-tag is-good' : 'desk-tag'}>
                {w(device.status === 'active' ? 'inUse' : 'revoked')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
