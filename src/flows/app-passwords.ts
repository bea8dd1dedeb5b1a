// The list of an account's app passwords, and taking them away: one, or all. A revoked one is refused from the commit on, on every node.
import { canonicalAccount } from '../core/account/account.ts';
import type { StoredAppPassword } from '../core/app-password/app-password.ts';
import { CONFLICT, guarded, type Write } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Caller, Ports } from '../core/ports.ts';
import { type MailSettings, settingsOf } from './create-app-password.ts';
import { hasOwnMethod } from './end-app-passwords.ts';
import { noticesOf } from './notices.ts';
import { type Beside, besides } from './operator/beside.ts';
import { tenantOf } from './tenant.ts';

export interface AppPasswordList {
  readonly kind: 'app-passwords';
  readonly accountId: string;
  readonly now: number;
  readonly enabled: boolean;
  readonly most: number;
  /** Mail programs need one from now on: a method is bound, or the policy never takes the main password. */
  readonly needed: boolean;
  readonly items: readonly StoredAppPassword[];
  readonly settings: MailSettings;
}

/** Those not revoked, oldest first. What they are cannot be told by anyone. */
export async function listAppPasswords(ports: Ports, caller: Caller, name: string): Promise<AppPasswordList | Refusal> {
  const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(name), false);
  if (snapshot === undefined) return refuse('account-unknown');
  const { policy } = await tenantOf(ports, caller, snapshot);
  const rules = policy.appPasswords;
  const { now, items } = await ports.appPasswords.list(snapshot.account.id);
  return {
    kind: 'app-passwords',
    accountId: snapshot.account.id,
    now,
    enabled: rules.enabled,
    most: rules.most,
    needed: rules.mainPassword === 'never' || hasOwnMethod(snapshot),
    items,
    settings: settingsOf(rules, snapshot.account, rules.protocols),
  };
}

export interface AppPasswordsRevoked {
  readonly kind: 'revoked';
  readonly revoked: readonly string[];
}

/** Revokes one, or without `id` every one; revoking none of none is no refusal. `operator` and `reason`: who acts for the owner, and why. */
export async function revokeAppPasswords(
  ports: Ports,
  caller: Caller,
  input: {
    readonly account: string;
    readonly id?: string | undefined;
    readonly operator?: string | undefined;
    readonly reason?: string | undefined;
  },
  beside?: Beside,
): Promise<AppPasswordsRevoked | Refusal> {
  return guarded(async (thorough) => {
    const snapshot = await ports.store.account(caller.tenantId, canonicalAccount(input.account), thorough);
    if (snapshot === undefined) return refuse('account-unknown');
    const { policy } = await tenantOf(ports, caller, snapshot);
    const { account } = snapshot;
    const { items } = await ports.appPasswords.list(account.id);
    const targets = input.id === undefined ? items : items.filter((item) => item.id === input.id);
    if (targets.length === 0) return input.id === undefined ? { kind: 'revoked', revoked: [] } : refuse('not-found');
    const more = await besides(beside, policy, snapshot);
    if ('kind' in more) return more;
    const by = input.operator === undefined ? {} : { via: caller.actor, reason: input.reason ?? '' };
    const written = await ports.store.commit(account.id, [
      ...more,
      ...targets.flatMap((target): Write[] => [
        { op: 'revoke-app-password', accountId: account.id, id: target.id },
        {
          op: 'audit',
          event: {
            tenantId: account.tenantId,
            accountId: account.id,
            event: 'app-password.revoked',
            actor: input.operator === undefined ? caller.actor : `operator:${input.operator}`,
            data: { appPassword: target.id, name: target.name, ...by },
          },
        },
      ]),
      ...noticesOf(ports, policy, snapshot, 'app-password-revoked', beside?.objection),
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    ports.wake('outbox', account.tenantId);
    return { kind: 'revoked', revoked: targets.map((target) => target.id) };
  });
}
