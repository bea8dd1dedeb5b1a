// The Dovecot authentication protocol, version 1.2: lines of fields parted by tabs (doc.dovecot.org, "Auth client protocol").
// Only its wire form: reading a line, writing one, the two mechanisms.

/** A line as its command and fields; tabs, line ends and NUL inside a field are escaped by \x01. */
export function readLine(line: string): readonly string[] {
  return line.split('\t').map((field) => unescaped(field));
}

export const writeLine = (...fields: readonly string[]): string =>
  `${fields.map((field) => field.replace(/\p{Cc}/gu, (c) => (c in ESCAPED ? `\x01${ESCAPED[c]}` : c))).join('\t')}\n`;

/** Every \x01 begins an escape; what follows it is never one itself. */
function unescaped(field: string): string {
  const [first = '', ...parts] = field.split('\x01');
  let text = first;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    text += (UNESCAPED[part.charAt(0)] ?? part.charAt(0)) + part.slice(1);
  }
  return text;
}

const UNESCAPED: Readonly<Record<string, string>> = { '0': '\0', '1': '\x01', t: '\t', r: '\r', n: '\n' };
const ESCAPED: Readonly<Record<string, string>> = { '\0': '0', '\x01': '1', '\t': 't', '\r': 'r', '\n': 'n' };

/** An AUTH request: its id, mechanism, and what the server says of the program. */
export interface AuthRequest {
  readonly id: string;
  readonly mechanism: string;
  readonly service: string;
  readonly remote: string | null;
  readonly secured: boolean;
  /** The initial response, Base64; null when there is none. */
  readonly response: string | null;
}

/** Reads the fields of `AUTH`; undefined when it is none. `resp` comes last and may hold anything. */
export function readAuth(fields: readonly string[]): AuthRequest | undefined {
  const [command, id, mechanism, ...parameters] = fields;
  if (command !== 'AUTH' || id === undefined || mechanism === undefined || !/^\d{1,10}$/.test(id)) return undefined;
  const value = (name: string): string | null => {
    const found = parameters.find((p) => p.startsWith(`${name}=`));
    return found === undefined ? null : found.slice(name.length + 1);
  };
  return {
    id,
    mechanism: mechanism.toUpperCase(),
    service: value('service') ?? '',
    remote: value('rip'),
    // `secured`, or in later versions `secured=tls`: what it says counts by being there.
    secured: parameters.some((p) => p === 'secured' || p.startsWith('secured=')),
    response: value('resp'),
  };
}

export const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
export const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** SASL PLAIN (RFC 4616): authorization id, name, password. Acting as somebody else is not offered. */
export function readPlain(message: string): { readonly user: string; readonly password: string } | undefined {
  const [authorize, user, password, ...rest] = message.split('\0');
  if (authorize === undefined || user === undefined || password === undefined || rest.length > 0) return undefined;
  return authorize === '' || authorize === user ? { user, password } : undefined;
}
