// The server side of the Dovecot authentication protocol, so that Postfix asks us directly (`smtpd_sasl_type = dovecot`) and so does anything else that
// speaks it. The protocol knows no password between server and us: it listens on a socket file or on an address nobody else reaches.
import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { knock, type MailPorts } from '../door.ts';
import { type Line, lineOf } from '../words.ts';
import { type AuthRequest, fromBase64, readAuth, readLine, readPlain, toBase64, writeLine } from './lines.ts';

export interface DovecotAuthOptions {
  readonly ports: MailPorts;
  /** Whose mailboxes they are; null: the domain of the user name tells. */
  readonly tenantId: string | null;
}

/** Bytes of one line at most (Dovecot's own bound is 16 KiB). */
const LINE_LIMIT = 16 * 1024;
/** Logins one connection may have under way: a mail server's process has one or a few. */
const MOST_UNDER_WAY = 100;

/** Builds the server; the caller listens. */
export function dovecotAuthServer(options: DovecotAuthOptions): Server {
  let connections = 0;
  return createServer((socket) => serve(socket, ++connections, options));
}

/** A login that was begun: what was asked, and what came so far of LOGIN's two answers. */
interface UnderWay {
  readonly request: AuthRequest;
  user: string | null;
}

function serve(socket: Socket, connection: number, { ports, tenantId }: DovecotAuthOptions): void {
  const underWay = new Map<string, UnderWay>();
  let text = '';
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  const say = (...fields: readonly string[]): void => {
    if (!socket.destroyed) socket.write(writeLine(...fields), 'utf8');
  };
  say('VERSION', '1', '2');
  say('MECH', 'PLAIN', 'plaintext');
  say('MECH', 'LOGIN', 'plaintext');
  say('SPID', String(process.pid));
  say('CUID', String(connection));
  say('COOKIE', randomBytes(16).toString('hex'));
  say('DONE');

  socket.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      if (line.length > LINE_LIMIT) return void socket.destroy();
      take(readLine(Buffer.from(line, 'latin1').toString('utf8')));
    }
    if (text.length > LINE_LIMIT) socket.destroy();
  });

  function take(fields: readonly string[]): void {
    switch (fields[0]) {
      case 'VERSION':
        // Another major version means something else by these lines.
        if (fields[1] !== '1') socket.destroy();
        return;
      case 'CPID':
        return;
      case 'CANCEL':
        underWay.delete(fields[1] ?? '');
        return;
      case 'AUTH': {
        const request = readAuth(fields);
        // The same id twice, or too many at once, is no client of this protocol.
        if (request === undefined || underWay.has(request.id) || underWay.size >= MOST_UNDER_WAY)
          return void socket.destroy();
        return begin(request);
      }
      case 'CONT': {
        const login = underWay.get(fields[1] ?? '');
        if (login === undefined) return void socket.destroy();
        return respond(login, fields[2] ?? '');
      }
      default:
        socket.destroy();
    }
  }

  function begin(request: AuthRequest): void {
    const login: UnderWay = { request, user: null };
    underWay.set(request.id, login);
    // Said before a name or password is asked for, let alone read (APW-08).
    if (!request.secured) return void finish(login, '', '');
    if (request.mechanism !== 'PLAIN' && request.mechanism !== 'LOGIN')
      return fail(login, '', lineOf({ kind: 'unsupported' }));
    if (request.response !== null) return respond(login, request.response);
    say('CONT', request.id, request.mechanism === 'LOGIN' ? toBase64('Username:') : '');
  }

  function respond(login: UnderWay, response: string): void {
    const message = fromBase64(response);
    if (login.request.mechanism === 'PLAIN') {
      const plain = readPlain(message);
      return void finish(login, plain?.user ?? '', plain?.password ?? '');
    }
    if (login.user === null) {
      login.user = message;
      return say('CONT', login.request.id, toBase64('Password:'));
    }
    void finish(login, login.user, message);
  }

  async function finish(login: UnderWay, user: string, password: string): Promise<void> {
    const { request } = login;
    const { service: protocol, remote: ip, secured: secure } = request;
    const told = await knock(ports, { tenantId, user, password, protocol, ip, secure });
    if (!underWay.has(request.id)) return;
    if (told.kind !== 'accepted') return fail(login, user, lineOf(told));
    underWay.delete(request.id);
    say('OK', request.id, `user=${told.account}`);
  }

  function fail(login: UnderWay, user: string, line: Line | undefined): void {
    underWay.delete(login.request.id);
    say(
      'FAIL',
      login.request.id,
      ...(user === '' ? [] : [`user=${user}`]),
      ...(line === undefined ? [] : [`reason=${line.text}`]),
      // The word of version 1.2, and the code of later ones.
      ...(line?.temporary === true ? ['temp', 'code=temp_fail'] : []),
    );
  }
}
