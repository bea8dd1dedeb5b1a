// What a logged-in person does with their account: set up and unlink the authenticator, recovery codes, devices.
// Every route first makes sure that the account is logged in at the very place the request comes from.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../../sdk/src/index.ts';
import { fields, oneOf } from './read.ts';
import { leaveSeat, viewSeat } from './session.ts';
import { accountAt, attested, type Place } from './tenants.ts';
import type { BindingDone } from './views.ts';

export function accountRoutes(app: FastifyInstance, placeOf: (q: FastifyRequest, r: FastifyReply) => Place): void {
  const at = '/seats/:tenant/:client/:device/accounts/:account';

  app.get(at, async (request, reply) => {
    const { place, account } = signedIn(request, reply);
    return place.hufu.accounts.get(account, place.options);
  });

  app.post(`${at}/bindings`, async (request, reply) => {
    const { place, account, entry } = signedIn(request, reply);
    const given = fields(request.body, { type: 16, 'output?': 64 });
    const type = oneOf(given.type, ['totp', 'recovery-code'], 'type');
    const client = attested(place, entry.version);
    const proof = given.output === undefined ? undefined : await stepUp(place, account, client, given.output);
    return place.hufu.accounts.startBinding(account, { type, client, login: entry.login, proof }, place.options);
  });

  app.post(`${at}/bindings/:binding/confirm`, async (request, reply): Promise<BindingDone> => {
    const { place, account } = signedIn(request, reply);
    const { output } = fields(request.body, { output: 64 });
    const bound = await place.hufu.accounts.confirmBinding(
      account,
      part(request, 'binding'),
      { output },
      place.options,
    );
    return { offerRecoveryCodes: bound.offerRecoveryCodes, seat: viewSeat(place.session, place.seat) };
  });

  app.delete(`${at}/authenticators/:authenticator`, async (request, reply) => {
    const { place, account, entry } = signedIn(request, reply);
    await place.hufu.accounts.unbind(
      account,
      part(request, 'authenticator'),
      { client: place.client.id, login: entry.login },
      place.options,
    );
    return {};
  });

  app.get(`${at}/devices`, async (request, reply) => {
    const { place, account } = signedIn(request, reply);
    return (await place.hufu.accounts.clientDevices(account, { limit: 100 }, place.options)).items;
  });

  app.delete(`${at}/devices/:deviceId`, async (request, reply) => {
    const { place, account } = signedIn(request, reply);
    await place.hufu.accounts.revokeClientDevice(account, part(request, 'deviceId'), place.options);
    return {};
  });

  app.post(`${at}/logout`, (request, reply) => {
    const { place, account } = signedIn(request, reply);
    leaveSeat(place.session, place.seat, account);
    return viewSeat(place.session, place.seat);
  });

  function signedIn(request: FastifyRequest, reply: FastifyReply) {
    const place = placeOf(request, reply);
    const account = part(request, 'account');
    return { place, account, entry: accountAt(place, account) };
  }
}

/** Proves a change with a code of the authenticator; Hufu's refusals are thrown. The proof is the challenge's id. */
async function stepUp(place: Place, account: string, client: Client, output: string): Promise<string> {
  const step = await place.hufu.accounts.startChallenge(account, { purpose: 'change', client }, place.options);
  await place.hufu.logins.verify(step.id, { type: 'totp', output }, place.options);
  return step.id;
}

const part = (request: FastifyRequest, name: string): string =>
  (request.params as Readonly<Record<string, string>>)[name] ?? '';
