// A one-time link to a profile that sets a phone up: opened once, within five minutes, by whoever holds the link. Looking at the link spends nothing.
import { CONFLICT, guarded } from '../core/commit.ts';
import { type Refusal, refuse } from '../core/outcome.ts';
import type { Ports } from '../core/ports.ts';
import type { MailSettings } from './create-app-password.ts';

export interface MailProfile {
  readonly kind: 'profile';
  readonly issuer: string;
  readonly password: string;
  readonly name: string;
  readonly settings: MailSettings;
}

/** Takes what waits behind the link. A spent, expired or unknown one is `expired`: nobody is told which. */
export async function openMailProfile(ports: Ports, token: string): Promise<MailProfile | Refusal> {
  const { profiles } = ports.appPasswords;
  const tokenHash = profiles.hashOf(token);
  return guarded(async () => {
    const found = await profiles.find(tokenHash);
    if (found === undefined) return refuse('expired');
    const { tenantId, accountId } = found;
    const { policy } = await ports.tenants.get(tenantId, 1);
    const written = await ports.store.commit(accountId, [
      { op: 'use-mail-profile', tokenHash },
      {
        op: 'audit',
        event: {
          tenantId,
          accountId,
          event: 'app-password.profile',
          actor: 'link',
          data: { appPassword: found.appPasswordId },
        },
      },
    ]);
    if (written.kind === 'conflict') return CONFLICT;
    const opened = JSON.parse(profiles.open(token, found.sealed)) as Omit<MailProfile, 'kind' | 'issuer'>;
    return { kind: 'profile', issuer: policy.issuer, ...opened };
  });
}
