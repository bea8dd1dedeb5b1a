// A configuration profile that sets up mail on an iPhone, iPad or Mac (Apple, "Mail" payload com.apple.mail.managed). It holds an app password, so it is
// made once, behind a link that works once.
import type { MailProfile } from '../../../flows/open-mail-profile.ts';
import { escaped, lines } from './xml.ts';

type Value = string | number | boolean | readonly Dictionary[];
interface Dictionary {
  readonly [key: string]: Value | undefined;
}

/** The profile; `uuid` gives fresh UUIDs. Undefined when the settings lack an incoming or the outgoing server. */
export function mobileconfig(profile: MailProfile, uuid: () => string): string | undefined {
  const { servers, address, user } = profile.settings;
  const incoming = servers.imap ?? servers.pop3;
  const { smtp } = servers;
  if (incoming === undefined || smtp === undefined) return undefined;
  const identifier = `dev.hufu.mail.${uuid().toLowerCase()}`;
  const mail: Dictionary = {
    PayloadType: 'com.apple.mail.managed',
    PayloadVersion: 1,
    PayloadIdentifier: `${identifier}.account`,
    PayloadUUID: uuid(),
    PayloadDisplayName: profile.issuer,
    EmailAccountDescription: profile.issuer,
    EmailAccountType: servers.imap === undefined ? 'EmailTypePOP' : 'EmailTypeIMAP',
    EmailAddress: address,
    IncomingMailServerAuthentication: 'EmailAuthPassword',
    IncomingMailServerHostName: incoming.host,
    IncomingMailServerPortNumber: incoming.port,
    IncomingMailServerUseSSL: true,
    IncomingMailServerUsername: user,
    IncomingPassword: profile.password,
    OutgoingMailServerAuthentication: 'EmailAuthPassword',
    OutgoingMailServerHostName: smtp.host,
    OutgoingMailServerPortNumber: smtp.port,
    OutgoingMailServerUseSSL: true,
    OutgoingMailServerUsername: user,
    OutgoingPasswordSameAsIncomingPassword: true,
  };
  const whole: Dictionary = {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: uuid(),
    PayloadDisplayName: `${profile.issuer} (${profile.name})`,
    PayloadOrganization: profile.issuer,
    PayloadRemovalDisallowed: false,
    PayloadContent: [mail],
  };
  return (
    lines(
      0,
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
      '<plist version="1.0">',
    ) +
    dictionary(whole, 0) +
    lines(0, '</plist>')
  );
}

function dictionary(values: Dictionary, depth: number): string {
  const inner = Object.entries(values).map(([key, value]) =>
    value === undefined ? '' : lines(depth + 1, `<key>${escaped(key)}</key>`) + written(value, depth + 1),
  );
  return lines(depth, '<dict>') + inner.join('') + lines(depth, '</dict>');
}

function written(value: Value, depth: number): string {
  if (typeof value === 'boolean') return lines(depth, value ? '<true/>' : '<false/>');
  if (typeof value === 'number') return lines(depth, `<integer>${value}</integer>`);
  if (typeof value === 'string') return lines(depth, `<string>${escaped(value)}</string>`);
  return lines(depth, '<array>') + value.map((one) => dictionary(one, depth + 1)).join('') + lines(depth, '</array>');
}
