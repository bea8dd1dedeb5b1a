// Who opened the mini-program, asked of WeChat with the code of `wx.login`. Nothing a mini-program says of itself counts; only WeChat's answer does.
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { WechatPerson } from '../../core/wechat/wechat.ts';

/** The person behind a fresh code, or why nobody is known by it. `ip` is where the request came from. */
export async function personOf(ports: Ports, code: string, ip: string | null): Promise<WechatPerson | Refusal> {
  if (ports.wechat === null) return refuse('wechat-off');
  const now = await ports.store.now();
  const wait = ports.addresses.wait('', ip, now);
  if (wait > 0) return refuse('throttled', { retryAfter: wait });
  const person = await ports.wechat.personOf(code);
  switch (person.kind) {
    case 'person':
      return person;
    case 'wrong':
      ports.addresses.failed('', ip, now);
      return refuse('wechat-login-failed');
    case 'refused':
      return refuse('wechat-refused');
    case 'busy':
      return refuse('wechat-busy', { retryAfter: 5 });
  }
}
