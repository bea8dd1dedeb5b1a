// What Outlook asks for (MS-OXDSCLI, the "POX" form): IMAP, POP3 and SMTP with TLS from the first byte, for with `SSL on` and a STARTTLS port Outlook fails.
import type { Policy } from '../../../core/policy/policy.ts';
import { element, lines } from './xml.ts';

const NAMESPACE = 'http://schemas.microsoft.com/exchange/autodiscover';

/** The address in a request; undefined when it has none. Only looked for, never parsed as XML: there is nothing an entity could reach. */
export function addressAsked(body: string): string | undefined {
  return /<EMailAddress>\s*([^<>&\s]{1,254}@[^<>&\s]{1,190})\s*<\/EMailAddress>/i.exec(body)?.[1];
}

/** The settings for an address of the tenant. */
export function autodiscover(policy: Policy, address: string): string {
  const rules = policy.appPasswords;
  const login = rules.userName === 'address' ? address : address.slice(0, address.lastIndexOf('@'));
  const protocols = (['imap', 'pop3', 'smtp'] as const).flatMap((name) => {
    const at = rules.settings[name];
    return at === undefined ? [] : [{ name, at }];
  });
  return (
    lines(0, '<?xml version="1.0" encoding="utf-8"?>', `<Autodiscover xmlns="${NAMESPACE}/responseschema/2006">`) +
    lines(1, `<Response xmlns="${NAMESPACE}/outlook/responseschema/2006a">`) +
    lines(2, '<Account>') +
    lines(3, element('AccountType', 'email'), element('Action', 'settings')) +
    protocols
      .map(
        ({ name, at }) =>
          lines(3, '<Protocol>') +
          lines(
            4,
            element('Type', name.toUpperCase()),
            element('Server', at.host),
            element('Port', at.port),
            element('LoginName', login),
            element('DomainRequired', 'off'),
            element('SPA', 'off'),
            element('SSL', 'on'),
            element('AuthRequired', 'on'),
            ...(name === 'smtp' ? [element('UsePOPAuth', 'off'), element('SMTPLast', 'off')] : []),
          ) +
          lines(3, '</Protocol>'),
      )
      .join('') +
    lines(2, '</Account>') +
    lines(1, '</Response>') +
    lines(0, '</Autodiscover>')
  );
}

/** The answer to a request that cannot be served, in Outlook's form. */
export const autodiscoverError = (code: 500 | 600, message: string): string =>
  lines(0, '<?xml version="1.0" encoding="utf-8"?>', `<Autodiscover xmlns="${NAMESPACE}/responseschema/2006">`) +
  lines(1, '<Response>') +
  lines(2, `<Error>${element('ErrorCode', code)}${element('Message', message)}</Error>`) +
  lines(1, '</Response>') +
  lines(0, '</Autodiscover>');
