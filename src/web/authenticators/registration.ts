// A started binding of the app, as the registration that people see.
import { serverNow } from '../api/clock.ts';
import type { BindingView, EnrolmentView } from '../api/views.ts';

/** Reads the ticket out of a binding of type `app`. */
export const registrationOf = (binding: BindingView, account: string): EnrolmentView => ({
  id: binding.id,
  url: binding.uri ?? '',
  qr: binding.qrSvg ?? binding.qr ?? '',
  account,
  activationCode: binding.activationCode ?? binding.key ?? '',
  expiresAt: binding.expiresAt ?? new Date(serverNow() + 600_000).toISOString(),
  slots: binding.slots ?? { used: 0, of: 5 },
});
