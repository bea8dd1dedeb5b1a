// What Thunderbird, K-9, Evolution, KMail and FairEmail ask for when an address is typed (draft-ietf-mailmaint-autoconfig, version 1.1).
// Open to all and the same for every address of a domain: it tells nobody which mailboxes exist.
import type { MailServer } from '../../../core/app-password/app-password.ts';
import type { Policy } from '../../../core/policy/policy.ts';
import { element, escaped, lines } from './xml.ts';

/** The configuration of a mail domain of the tenant. */
export function autoconfig(policy: Policy, domain: string): string {
  const rules = policy.appPasswords;
  const user = rules.userName === 'address' ? '%EMAILADDRESS%' : '%EMAILLOCALPART%';
  const server = (tag: string, type: string, port: number, socket: string, host: string): string =>
    lines(2, `<${tag} type="${type}">`) +
    lines(
      3,
      element('hostname', host),
      element('port', port),
      element('socketType', socket),
      element('authentication', 'password-cleartext'),
      element('username', user),
    ) +
    lines(2, `</${tag}>`);
  const both = (tag: string, type: string, at: MailServer | undefined): string =>
    at === undefined
      ? ''
      : server(tag, type, at.port, 'SSL', at.host) +
        (at.startTls === undefined ? '' : server(tag, type, at.startTls, 'STARTTLS', at.host));
  const { imap, pop3, smtp } = rules.settings;
  return (
    lines(0, '<?xml version="1.0" encoding="UTF-8"?>', '<clientConfig version="1.1">') +
    lines(1, `<emailProvider id="${escaped(domain)}">`) +
    lines(
      2,
      element('domain', domain),
      element('displayName', policy.issuer),
      element('displayShortName', policy.issuer),
    ) +
    both('incomingServer', 'imap', imap) +
    both('incomingServer', 'pop3', pop3) +
    both('outgoingServer', 'smtp', smtp) +
    lines(1, '</emailProvider>') +
    lines(0, '</clientConfig>')
  );
}
