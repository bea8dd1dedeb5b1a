// The brokerages this terminal serves and the places a person can sit: one client of one brokerage on one device.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuthenticatorTypeName, type CallOptions, type Client, Hufu, type Locale } from '../../sdk/src/index.ts';
import { BadRequest, oneOf } from './read.ts';
import { deviceIdOf, type LoggedIn, loggedIn, type Session, type Sessions } from './session.ts';
import type { TryAccount } from './views.ts';

/** One brokerage of the demo and its API key. The key stays in this process. */
export interface TerminalTenant {
  id: string;
  name: string;
  /** Which of the demo's guides fit; its id when absent. */
  preset?: string;
  apiKey: string;
  clients: {
    id: string;
    name: string;
    kind: 'desktop' | 'phone' | 'web';
    minimumVersion?: string;
    offers: ('qr' | 'uri')[];
    /** What its policy lets a person bind on it. */
    binds: AuthenticatorTypeName[];
  }[];
  /** Whether its policy adds a phone to the account's list by its first right code. */
  keepsDevices: boolean;
  /** Accounts to suggest on the sign-in page; demo only, of course. */
  accounts?: TryAccount[];
}

/** One place a person sits at. */
export interface Place {
  readonly session: Session;
  readonly hufu: Hufu;
  readonly client: TerminalTenant['clients'][number];
  /** Names this seat within the session. */
  readonly seat: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly locale: Locale;
  /** For every call to Hufu from here: problems and messages in this person's language. */
  readonly options: CallOptions;
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/** The demo's devices. A phone is its own seat: being logged in on one does not log in the other. */
const devices = { pc: 'Trading PC', 'phone-1': 'iPhone 17', 'phone-2': 'Pixel 10' } as const;
const deviceNames = Object.keys(devices) as (keyof typeof devices)[];
const locales = ['zh-CN', 'zh-HK', 'en'] as const;

/** The SDK client of each brokerage. */
export function sdkOf(tenants: readonly TerminalTenant[], baseUrl: string): (tenant: string) => Hufu {
  const clients = new Map(tenants.map(({ id, apiKey }) => [id, new Hufu({ baseUrl, apiKey })]));
  return (tenant) => {
    const hufu = clients.get(tenant);
    if (hufu === undefined) throw new BadRequest('no such brokerage');
    return hufu;
  };
}

/** Finds the place a request names in its path, `:tenant/:client/:device`. */
export function placesOf(tenants: readonly TerminalTenant[], sdkFor: (tenant: string) => Hufu, sessions: Sessions) {
  return (request: FastifyRequest, reply: FastifyReply): Place => {
    const params = request.params as Readonly<Record<string, string>>;
    const tenant = tenants.find((one) => one.id === params['tenant']);
    const client = tenant?.clients.find((one) => one.id === params['client']);
    if (tenant === undefined || client === undefined) throw new BadRequest('no such brokerage or client');
    const device = oneOf(params['device'] ?? '', deviceNames, 'device');
    const session = sessions.of(request, reply);
    const locale = localeOf(request);
    return {
      session,
      hufu: sdkFor(tenant.id),
      client,
      seat: `${tenant.id}/${client.id}/${device}`,
      deviceId: deviceIdOf(session, device),
      deviceName: devices[device],
      locale,
      options: { locale },
      ip: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 512),
    };
  };
}

const localeOf = (request: FastifyRequest): Locale =>
  locales.find((locale) => locale === request.headers['accept-language']) ?? 'en';

/** The account a request names, if it is logged in at this place; otherwise the page must sign in again. */
export function accountAt(place: Place, account: string): LoggedIn {
  const found = loggedIn(place.session, place.seat, account);
  if (found === undefined) throw new SignedOut();
  return found;
}

export class SignedOut extends Error {}

/**
 * What we vouch for about the program in front of the person. A real client proves its version in its handshake with
 * the trading back end; here the demo's version selector plays that part.
 */
export const attested = (place: Place, version: string): Client => ({
  id: place.client.id,
  version,
  deviceId: place.deviceId,
  name: place.deviceName,
  ip: place.ip,
  ...(place.userAgent === undefined ? {} : { userAgent: place.userAgent }),
});
