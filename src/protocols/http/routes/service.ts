// For machines that watch, and for those that check assertions.
import type { Handlers } from '../handler.ts';
import { ok } from '../replies.ts';

export const service: Handlers<'livez' | 'readyz' | 'jwks'> = {
  async livez() {
    return ok({ status: 'ok', failing: [] });
  },
  async readyz(ports) {
    const failing = await ports.failing();
    return ok({ status: failing.length === 0 ? 'ok' : 'failing', failing: [...failing] }, failing.length === 0 ? 200 : 503);
  },
  async jwks(ports) {
    return ok({ keys: await ports.jwks() });
  },
};
