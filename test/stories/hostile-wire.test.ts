// Bytes that are hardly HTTP, sent to a listening server: each connection gets a problem or is closed, and the next caller is served.
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aHouse, type TestHouse } from '../kit.ts';

let h: TestHouse & AsyncDisposable;
let port: number;

beforeAll(async () => {
  h = await aHouse();
  await h.account('700001');
  await h.app.listen({ host: '127.0.0.1', port: 0 });
  port = (h.app.server.address() as { port: number }).port;
});
afterAll(() => h.close());

/** Sends bytes and gives what came back once the server closed, or once `enough` was seen. */
const wire = (bytes: string | Buffer, enough = /$^/, finish = true): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const socket: Socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () =>
      finish ? socket.end(bytes) : socket.write(bytes),
    );
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(8000, () => reject(new Error(`no end: ${text}`)));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (enough.test(text)) done();
    });
    socket.on('end', done);
    socket.on('error', done);
  });

const head = (...more: string[]): string =>
  [
    'POST /v1/logins HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${h.token}`,
    'Content-Type: application/json',
    ...more,
    '',
    '',
  ].join('\r\n');

afterEach(async () => {
  const alive = await fetch(`http://127.0.0.1:${port}/livez`);
  expect(alive.status).toBe(200);
});

describe('on the wire', () => {
  it('ES-1.1 what is not HTTP gets a problem document and a closed connection', async () => {
    const broken = [
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'hello\r\n\r\n',
      'GET /livez HTTP/9.9\r\n\r\n',
      'GET /livez HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n',
      'GET /livez HTTP/1.1\r\nHost: x\r\nX: a\r\n folded\r\n\r\n',
      'GET /livez HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      `${head('Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`,
      `${head('Content-Length: -1')}`,
      `${head('Content-Length: 5', 'Content-Length: 6')}hello`,
      `${head('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
      `${head('Transfer-Encoding: gzip, chunked', 'Transfer-Encoding: identity')}0\r\n\r\n`,
    ];
    for (const bytes of broken) {
      const answer = await wire(bytes);
      if (answer === '') continue;
      expect(answer, JSON.stringify(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain(h.token);
      if (/application\/problem\+json/.test(answer))
        expect(JSON.parse(answer.slice(answer.lastIndexOf('\r\n\r\n') + 4))).toMatchObject({
          code: 'malformed-request',
          status: 400,
        });
    }
    expect(await wire('hello\r\n\r\n')).toMatch(/application\/problem\+json[\s\S]*"code":"malformed-request"/);
  });

  it('ES-1.1 a request without a version opens no door', async () => {
    expect(await wire('GET /v1/accounts\r\n\r\n')).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('ES-1.1 headers without end are cut off', async () => {
    expect(await wire(`GET /livez HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 413 [\s\S]*"limitBytes":16384/,
    );
    expect(await wire(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(
      await wire(
        `GET /livez HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 900 }, (_, i) => `X${i}: aaaaaaaaaaaaaaaa\r\n`).join('')}\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 413 /);
    const ten = Buffer.alloc(10 * 1024 * 1024, 'a');
    expect(await wire(Buffer.concat([Buffer.from('GET /livez HTTP/1.1\r\nHost: x\r\nX: '), ten]))).toMatch(
      /^$|^HTTP\/1\.1 413 /,
    );
  });

  it('ES-1.1 a request that breaks off starts nothing', async () => {
    const count = async () => (await h.house.db.query('SELECT COUNT(*) AS n FROM challenges', {}))[0]?.['n'];
    const before = await count();
    const body = JSON.stringify({
      account: '700001',
      client: { id: 'star-9.5', version: '9.5.8.5' },
      firstFactor: 'verified',
    });
    await wire(`${head(`Content-Length: ${body.length}`)}${body.slice(0, -1)}`);
    await wire(head(`Content-Length: ${body.length}`));
    await wire('POST /v1/logi');
    expect(await count()).toBe(before);
  });

  it('ES-1.1 slow senders and requests in a row are each answered in order', async () => {
    const slow = connect({ host: '127.0.0.1', port });
    slow.write(`${head('Content-Length: 100')}{`);
    const rows =
      'GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\nGET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const answers = await wire(rows);
    expect([...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((m) => m[1])).toEqual(['200', '404', '200']);
    slow.destroy();
    // A request that is never finished is given up: this is the bound for it.
    expect(h.app.server.requestTimeout).toBe(30_000);
  });

  it('ES-1.1 line breaks in a path or header never become headers of the answer', async () => {
    for (const path of [
      '/v1/logins/%0d%0aSet-Cookie:%20x=1',
      '/v1/accounts/a%0d%0aX-Evil:1',
      '/livez?%0d%0aX-Evil:1',
    ]) {
      const answer = await wire(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${h.token}\r\nAccept-Language: en%0d%0aX-Evil: 1\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.split('\r\n\r\n')[0]).not.toMatch(/^(set-cookie|x-evil):/im);
    }
    const long = `${head('Content-Length: 70000', 'Connection: close')}${'x'.repeat(70_000)}`;
    expect(await wire(long)).toMatch(/^$|HTTP\/1\.1 413 /);
    expect(await wire(head('Content-Length: 70000'), /\r\n\r\n\{/, false)).toMatch(
      /^HTTP\/1\.1 413 [\s\S]*"limitBytes":65536/,
    );
  });

  it('ES-1.1 CONNECT and upgrades lead nowhere', async () => {
    expect(await wire('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')).not.toMatch(
      /^HTTP\/1\.1 2/,
    );
    expect(await wire('GET http://evil.example/v1/accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 4/,
    );
    expect(
      await wire('GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n'),
    ).not.toMatch(/^HTTP\/1\.1 101/);
  });
});
