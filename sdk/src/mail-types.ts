// Requests and replies about app passwords and the programs they are for. Instants are RFC 3339 strings with a zone.

export type MailProtocol = 'imap' | 'pop3' | 'smtp';

export interface MailServer {
  host: string;
  /** TLS from the first byte. */
  port: number;
  /** Begins in clear and changes to TLS. */
  startTls?: number | undefined;
}

/** What a mail program is told besides the password. */
export interface MailSettings {
  address: string;
  user: string;
  imap?: MailServer | undefined;
  pop3?: MailServer | undefined;
  smtp?: MailServer | undefined;
}

export interface AppPassword {
  id: string;
  name: string;
  protocols: MailProtocol[];
  createdAt: string;
  expiresAt?: string | undefined;
  status: 'active' | 'expired';
  /** Noted once a minute at most; absent: never. */
  lastUsed?: { at: string; protocol: MailProtocol; ip?: string | undefined } | undefined;
}

export interface AppPasswords {
  items: AppPassword[];
  enabled: boolean;
  most: number;
  /** True when mail programs can no longer use the main password. */
  needed: boolean;
  settings: MailSettings;
}

export interface CreateAppPassword {
  name: string;
  /** Absent: all that the policy allows. */
  protocols?: MailProtocol[] | undefined;
  expiresAt?: string | undefined;
  /** Also make a one-time link to a profile that sets an iPhone, iPad or Mac up. */
  profile?: boolean | undefined;
}

export interface AppPasswordCreated {
  id: string;
  name: string;
  protocols: MailProtocol[];
  createdAt: string;
  expiresAt?: string | undefined;
  /** Shown this once. */
  password: string;
  /** The same to read and type; spaces do not count. */
  grouped: string;
  settings: MailSettings;
  profile?: { url: string; expiresAt: string } | undefined;
}
