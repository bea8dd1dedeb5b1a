// For machines that watch, and for those that check assertions.
import type { Handlers } from '../handler.ts';
import { ok } from '../replies.ts';

export const service: Handlers<'livez' | 'readyz' | 'jwks'> = {
  async livez() {
    return ok({ status: 'ok', failing: [] });
  },
  async readyz(ports) {
    const failing = await ports.failing();
    return ok(
      { status: failing.length === 0 ? 'ok' : 'failing', failing: [...failing] },
      failing.length === 0 ? 200 : 503,
    );
  },
  async jwks(ports) {
    // Whoever meets an unknown `kid` asks again: a minute is the longest a cache in between keeps a new key from them.
    return { ...ok({ keys: await ports.jwks() }), headers: { 'cache-control': 'public, max-age=60' } };
  },
};
