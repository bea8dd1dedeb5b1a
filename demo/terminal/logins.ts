// Signing in: name and password, then whatever Hufu's answer asks for. Two calls when a code is enough.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticatorTypeName, Login } from '../../sdk/src/index.ts';
import { BadRequest, fields, oneOf } from './read.ts';
import { type Pending, remember, seatAccount, viewSeat } from './session.ts';
import { attested, type Place } from './tenants.ts';
import type { BindingDone, CodeAccepted, LoginStarted, LoginView } from './views.ts';

type PlaceOf = (request: FastifyRequest, reply: FastifyReply) => Place;

const codeTypes = ['totp', 'sms', 'email', 'recovery-code'] as const;
/** Clients that keep several accounts logged in at once. */
const severalAccounts = new Set(['star-9.5']);

export function loginRoutes(app: FastifyInstance, placeOf: PlaceOf): void {
  const at = '/seats/:tenant/:client/:device';

  app.get(at, (request, reply) => {
    const { session, seat } = placeOf(request, reply);
    return viewSeat(session, seat);
  });

  app.post(`${at}/logins`, async (request, reply): Promise<LoginStarted> => {
    const place = placeOf(request, reply);
    const { account, password, version } = fields(request.body, { account: 200, password: 1024, version: 64 });
    const { hufu, options, session, seat } = place;
    const client = attested(place, version);
    const login = await hufu.logins.start({ account, client, firstFactor: { password } }, options);
    const pending = { account: login.account, seat, version };
    if (login.status === 'allowed') await letIn(place, login.id, pending, null);
    else remember(session, login.id, pending);
    return { login: viewLogin(login), seat: viewSeat(session, seat) };
  });

  app.post(`${at}/logins/:login/send`, async (request, reply) => {
    const { place, login } = underWay(request, reply);
    const { authenticator } = fields(request.body, { 'authenticator?': 64 });
    return place.hufu.logins.send(login, { authenticator }, place.options);
  });

  app.post(`${at}/logins/:login/verify`, async (request, reply): Promise<CodeAccepted> => {
    const { place, login, pending } = underWay(request, reply);
    const given = fields(request.body, { type: 16, output: 64, 'authenticator?': 64 });
    const type = oneOf(given.type, codeTypes, 'type');
    const { authenticator, output } = given;
    const verified = await place.hufu.logins.verify(login, { type, authenticator, output }, place.options);
    if (verified.status === 'satisfied') await letIn(place, login, pending, type);
    const seat = viewSeat(place.session, place.seat);
    return { status: verified.status, boundDevice: verified.boundDevice === true, seat };
  });

  app.post(`${at}/logins/:login/bindings`, async (request, reply) => {
    const { place, login } = underWay(request, reply);
    return place.hufu.logins.startBinding(login, { type: 'totp' }, place.options);
  });

  app.post(`${at}/logins/:login/bindings/:binding/confirm`, async (request, reply): Promise<BindingDone> => {
    const { place, login, pending } = underWay(request, reply);
    const { binding = '' } = request.params as { binding?: string };
    const { output } = fields(request.body, { output: 64 });
    const bound = await place.hufu.logins.confirmBinding(login, binding, { output }, place.options);
    if (bound.login?.status === 'satisfied') await letIn(place, login, pending, 'totp');
    return { offerRecoveryCodes: bound.offerRecoveryCodes, seat: viewSeat(place.session, place.seat) };
  });

  /** The place, and the login under way there; refuses a login this browser did not start at this very place. */
  function underWay(request: FastifyRequest, reply: FastifyReply): { place: Place; login: string; pending: Pending } {
    const place = placeOf(request, reply);
    const { login = '' } = request.params as { login?: string };
    const pending = place.session.pending.get(login);
    if (pending === undefined || pending.seat !== place.seat) throw new BadRequest('no such login under way here');
    return { place, login, pending };
  }
}

/** The second step is done: the account is logged in at this place. The only way onto a seat. */
async function letIn(place: Place, login: string, pending: Pending, by: AuthenticatorTypeName | null): Promise<void> {
  const { account, version } = pending;
  place.session.pending.delete(login);
  // The name is only for show: a fault here must not undo a login that Hufu has granted.
  const name = await place.hufu.accounts.get(account, place.options).then(
    (found) => found.name ?? '',
    () => '',
  );
  const entry = { account, name, by, since: new Date().toISOString(), login, version };
  seatAccount(place.session, place.seat, entry, severalAccounts.has(place.client.id));
}

/** What the page needs of a login: never the assertion, which is for this back end alone, nor the trace. */
function viewLogin({ id, assertion: _assertion, trace: _trace, ...login }: Login): LoginView {
  return { ...login, login: id };
}
