// What a route handler is given and gives back. One per row of the endpoint table: the compiler misses none.
import type { FastifyRequest } from 'fastify';
import type { BodyOf, ENDPOINTS, Endpoint, EndpointName, ParamsOf, QueryOf } from '../../contract/endpoints.ts';
import type { Locale } from '../../contract/problems.ts';
import type { Challenge } from '../../core/challenge/challenge.ts';
import type { Service } from '../../core/operator/store.ts';
import type { ChannelName } from '../../core/outbox/message.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { Caller, Ports, Watched } from '../../core/ports.ts';
import type { SessionSnapshot, Visit } from '../../core/session/session.ts';
import type { PhoneCall } from '../../flows/enrolment/load.ts';
import type { Browser, Portal } from '../../flows/portal.ts';
import type { Reply } from './replies.ts';

/** What the HTTP door needs besides the flows' ports. */
export interface HttpPorts extends Ports {
  /** The tenant's assertion that a login is satisfied: a JWT, signed. `approved`: by a phone, not by a code. */
  readonly assertion: (challenge: Challenge, account: string, at: number, approved?: boolean) => Promise<string>;
  readonly jwks: () => Promise<readonly Record<string, unknown>[]>;
  /** Names of the parts that do not work right now. */
  readonly failing: () => Promise<readonly string[]>;
  /**
   * Resolves when what is waited for may no longer be at `seen` (null: as it is now), on whatever node that happened, or after `ms`; to false at once
   * when too many wait already.
   */
  readonly woken: (what: Watched, id: string, seen: string | null, ms: number) => Promise<boolean>;
  /** The address of a one-time link to a profile for a phone. */
  readonly profileUrl: (token: string) => string;
  /** The key of a bearer token. */
  readonly apiKey: (token: string) => Promise<KnownKey | undefined>;
  /** The same as it was read before, at `registryVersion`, if it was. */
  readonly rememberedKey: (token: string) => KnownKey | undefined;
  /** Whether the token names a key that is in force; cheap however many ask. */
  readonly mayBeKey: (token: string) => Promise<boolean>;
  readonly idempotency: Idempotency;
  /** The secret of a new API key, kept nowhere: what to store of it, and the token it makes, for the key's id. */
  readonly freshKey: () => { readonly hashOf: (id: string) => string; readonly tokenOf: (id: string) => string };
  /** The channels that are configured. */
  readonly channels: readonly ChannelName[];
  /** Where operators reach the console: `https://host:port`. */
  readonly consoleUrl: string;
  /** Requests one API key may make per second, sustained; bursts of twice that. */
  readonly requestsPerSecond: number;
}

export interface KnownKey {
  readonly id: string;
  readonly tenantId: string;
  readonly scopes: ReadonlySet<string>;
  readonly clientId: string | null;
  readonly clientVersion: string | null;
  readonly registryVersion: number;
}

/** Remembers the answer to a named request (draft-ietf-httpapi-idempotency-key-header). */
export interface Idempotency {
  claim(
    owner: Pick<Caller, 'keyId' | 'tenantId'>,
    name: string,
    fingerprint: string,
  ): Promise<
    | { readonly kind: 'new'; readonly claim: string }
    | { readonly kind: 'busy' }
    | { readonly kind: 'reused' }
    | { readonly kind: 'known'; readonly status: number; readonly body: string | null }
  >;
  finish(
    owner: Pick<Caller, 'keyId' | 'tenantId'>,
    name: string,
    claim: string,
    status: number,
    body: string | null,
  ): Promise<void>;
  release(owner: Pick<Caller, 'keyId' | 'tenantId'>, name: string, claim: string): Promise<void>;
}

/** Who a request is known to come from. Kinds of callers other than API keys add what they know. */
export interface Identified {
  readonly caller: Caller;
  /** The tenant's pages the call comes from, and the browser they are shown in. */
  readonly page?: Page;
  /** The login open in that browser. */
  readonly visit?: Visit;
  /** The session of that browser, with whose it is. */
  readonly person?: SessionSnapshot;
  /** The enrolled phone that signed the request. */
  readonly phone?: PhoneCall;
  /** The tenants an operator serves, where one calls. */
  readonly services?: readonly Service[];
}

export interface Page {
  readonly portal: Portal;
  readonly browser: Browser;
}

/** What is known of a row's caller, by who calls it. */
type KnownOf<N extends EndpointName> = (typeof ENDPOINTS)[N] extends { readonly who: infer W }
  ? (W extends 'guest' | 'visitor' | 'person' | 'console' | 'console-visitor' | 'operator'
      ? { readonly page: Page }
      : unknown) &
      (W extends 'visitor' | 'console-visitor' ? { readonly visit: Visit } : unknown) &
      (W extends 'person' | 'operator' ? { readonly person: SessionSnapshot } : unknown) &
      (W extends 'operator' ? { readonly services: readonly Service[] } : unknown)
  : unknown;

/** A body that names who acts, once that is settled: the operator of a session, or whom an API key names. */
type Acted<B> = B extends { readonly operator?: string | undefined }
  ? Omit<B, 'operator'> & { readonly operator: string }
  : B;

/** Finds out who calls a row of the endpoint table, or answers for it. */
export type Identify = (
  request: FastifyRequest,
  endpoint: Endpoint,
  remembered: boolean,
  locale: Locale,
  instance: string,
) => Identified | Reply | Promise<Identified | Reply>;

interface Asked<N extends EndpointName> extends Identified {
  /** Where it comes from: address and headers. */
  readonly from: Pick<FastifyRequest, 'ip' | 'headers'>;
  /** The language asked for; null leaves it to the account's. */
  readonly asked: Locale | null;
  readonly params: ParamsOf<N>;
  readonly query: QueryOf<N>;
  readonly body: Acted<BodyOf<N>>;
}

/** One call of a row, checked against its schemas. */
export type Call<N extends EndpointName> = Asked<N> & KnownOf<N>;

export type Handler<N extends EndpointName> = (ports: HttpPorts, call: Call<N>) => Promise<Reply | Refusal>;
export type Handlers<N extends EndpointName = EndpointName> = { readonly [K in N]: Handler<K> };
