// A port to be listened on in a moment, by us or by a program that is told of it. The system's own choice (port 0) lies where it also takes the ports of
// outgoing connections from (Linux: 32768 up, RFC 6335 §6: 49152 up), so that one of those may have it by then; these are left alone.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const FIRST = 20_000;
const END = 32_000;
const TRIES = 50;

/** Resolves with a port of `host` that nobody listens on now. Rejects with what listening failed with where that is not the port. */
export async function freePort(host: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = randomInt(FIRST, END);
    try {
      await new Promise<void>((resolve, reject) => {
        const probe = createServer();
        probe.once('error', reject);
        probe.listen(port, host, () => probe.close(() => resolve()));
      });
      return port;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || tries === TRIES) throw error;
    }
  }
}
