// What a request says about its client, brought to the facts the policy may trust (ES-1.1, ES-1.2).
import { type Refusal, refuse } from '../core/outcome.ts';
import { isTooOld } from '../core/policy/decide.ts';
import type { Policy, RegisteredClient } from '../core/policy/policy.ts';
import { compareVersions, parseVersion, type Version } from '../core/policy/version.ts';
import type { Caller } from '../core/ports.ts';

export interface ClaimedClient {
  readonly id: string;
  readonly version?: string | undefined;
  readonly declaredVersion?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly name?: string | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}

export interface KnownClient {
  readonly kind: 'known';
  readonly id: string;
  readonly version: string;
  readonly client: RegisteredClient;
  readonly isTooOld: boolean;
}

/**
 * The registered client behind a claim. A key tied to a client says what the client is; what a program declares of itself can only
 * lower its version. Unknown ids and malformed versions are refused, never treated as new enough.
 */
export function knowClient(policy: Policy, caller: Caller, claimed: ClaimedClient): KnownClient | Refusal {
  if (caller.client !== null && caller.client.id !== claimed.id)
    return refuse('client-mismatch', { client: caller.client.id });
  // `clients` comes from a parsed document: only its own keys count, never `constructor` or `__proto__`.
  const client = Object.hasOwn(policy.clients, claimed.id) ? policy.clients[claimed.id] : undefined;
  if (client === undefined) return refuse('client-unknown', { client: claimed.id.slice(0, 64) });
  const claims = [caller.client?.version ?? undefined, claimed.version, claimed.declaredVersion].filter(
    (v) => v !== undefined,
  );
  let lowest: { readonly text: string; readonly version: Version } | undefined;
  for (const text of claims) {
    const version = parseVersion(text);
    if (version === undefined) return refuse('version-malformed', { given: text.slice(0, 64) });
    if (lowest === undefined || compareVersions(version, lowest.version) < 0) lowest = { text, version };
  }
  // Only the program's own word, and nobody vouches: it may tighten, so it cannot stand alone as new enough.
  const vouched = caller.client?.version != null || claimed.version !== undefined;
  const version = vouched ? (lowest?.text ?? '') : '';
  return { kind: 'known', id: claimed.id, version, client, isTooOld: isTooOld(client, version) };
}

/** The members of `client-too-old`: what is installed, what is needed, where to get it. */
export const tooOld = (known: { readonly client: RegisteredClient; readonly version: string }): Refusal =>
  refuse('client-too-old', {
    installed: known.version === '' ? 'unknown' : known.version,
    required: known.client.minimumVersion ?? '',
    download: known.client.download ?? '',
  });
