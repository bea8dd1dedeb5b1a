// The dealer's back office of the demo: look up an account, end a freeze, remove its bindings with a reason.
// A real brokerage would put its staff login in front of this; Hufu writes down who did it and why.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallOptions, Hufu } from '../../sdk/src/index.ts';
import { fields, text } from './read.ts';
import type { DeskAccount, DeskActed } from './web/desk/views.ts';

/** Who acts, in Hufu's audit. The demo has one dealer. */
const operator = 'demo-dealer';
const locales = ['zh-CN', 'zh-HK', 'en'] as const;

/**
 * Registers the desk under `/desk`. `sdkFor` gives the client of one tenant and throws for a tenant there is not;
 * its API key needs `accounts:read` and `console:write`. Refusals are thrown as the SDK's HufuProblem.
 */
export function deskRoutes(app: FastifyInstance, sdkFor: (tenant: string) => Hufu): void {
  const at = '/desk/:tenant/accounts/:account';

  app.get(at, async (request): Promise<DeskAccount> => {
    const { hufu, account, options } = caseOf(request);
    const [found, devices] = await Promise.all([
      hufu.accounts.get(account, options),
      hufu.accounts.clientDevices(account, { limit: 100 }, options),
    ]);
    return { account: found, devices: devices.items };
  });

  app.post(`${at}/unbind`, async (request): Promise<DeskActed> => {
    const { hufu, account, options } = caseOf(request);
    const done = await hufu.console.unbind(account, { reason: reasonOf(request), operator }, options);
    // Where the policy wants a second operator nothing has changed yet.
    return { changed: 'case' in done ? [] : done.removed };
  });

  app.post(`${at}/unlock`, async (request): Promise<DeskActed> => {
    const { hufu, account, options } = caseOf(request);
    const done = await hufu.console.unlock(account, { reason: reasonOf(request), operator }, options);
    return { changed: 'case' in done ? [] : done.unlocked };
  });

  function caseOf(request: FastifyRequest): { hufu: Hufu; account: string; options: CallOptions } {
    const { tenant, account } = request.params as Readonly<Record<'tenant' | 'account', string | undefined>>;
    const locale = locales.find((one) => one === request.headers['accept-language']);
    return { hufu: sdkFor(tenant ?? ''), account: text(account, 'account', 200), options: { locale } };
  }
}

/** Why it is done. Spaces alone are no reason. */
const reasonOf = (request: FastifyRequest): string =>
  text(fields(request.body, { reason: 500 }).reason.trim(), 'reason', 500);
