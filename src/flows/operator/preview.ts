// What an action would do to an account as it stands, before anybody does it (OP-1.2): how many of what, and a mark of what that rests on. When the mark is
// another at execution, the account is not what the second operator looked at.

import { isBindable } from '../../core/authenticator/type.ts';
import type { KdfName } from '../../core/enrolment/enrolment.ts';
import type { AccountAction, Effect, EffectKind } from '../../core/operator/actions.ts';
import { type Refusal, refuse } from '../../core/outcome.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Ports } from '../../core/ports.ts';
import type { AccountSnapshot, StoredAuthenticator } from '../../core/store.ts';
import { hasOwnMethod } from '../end-app-passwords.ts';
import { active } from '../facts.ts';

/** The members of each action that its effects depend on. */
export interface ActionInput {
  readonly authenticator?: string | undefined;
  readonly mode?: 'add' | 'replace' | 'replace-at-once' | undefined;
  readonly revokePhones?: readonly string[] | undefined;
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly id?: string | undefined;
  readonly hours?: number | undefined;
  readonly uses?: number | undefined;
  readonly kdf?: KdfName | undefined;
}

export interface Preview {
  readonly kind: 'preview';
  readonly effects: readonly Effect[];
  readonly situation: string;
}

/** What it would do; or the refusal it would end in. */
export async function previewOf(
  ports: Ports,
  policy: Policy,
  snapshot: AccountSnapshot,
  action: AccountAction,
  input: ActionInput,
): Promise<Preview | Refusal> {
  const { account } = snapshot;
  const [enrolment, trusted, { items: appPasswords }, risks] = await Promise.all([
    ports.enrolment.of(account.id),
    ports.trust.list(account.id),
    ports.appPasswords.list(account.id),
    ports.cases.risksOf(account.id),
  ]);
  const held = active(snapshot);
  const phones = [...enrolment.phones, ...enrolment.wechat];
  const ofApp = (id: string | null): StoredAuthenticator | undefined => held.find((a) => a.id === id);
  const endsAppPasswords = (gone: readonly StoredAuthenticator[]): boolean =>
    gone.length > 0 &&
    (policy.appPasswords.endWith.includes('any-method') ||
      (policy.appPasswords.endWith.includes('last-method') && !hasOwnMethod(snapshot, gone)));
  const appPasswordsAfter = (gone: readonly StoredAuthenticator[]): Effects => ({
    [endsAppPasswords(gone) ? 'app-passwords-revoked' : 'app-passwords-stay']: appPasswords.length,
  });
  const bindable = held.filter((a) => isBindable(ports.types[a.type]));
  const codes = held.filter((a) => a.type === 'recovery-code').length;

  const found = ((): Effects | Refusal => {
    switch (action) {
      case 'unlock':
        return {
          'freezes-end': [snapshot.failures, ...held.map((a) => a.failures)].filter((f) => f.count > 0).length,
          'account-opens': risks.isFrozenByVeto && !risks.isSuspendedByRelyingParty ? 1 : 0,
          'objection-lifted': risks.isFrozenByVeto && risks.isSuspendedByRelyingParty ? 1 : 0,
          'suspension-stays': risks.isSuspendedByRelyingParty ? 1 : 0,
        };
      case 'unbind': {
        const targets = bindable.filter((a) => input.authenticator === undefined || a.id === input.authenticator);
        if (targets.length === 0) return refuse('not-found');
        const isAll = targets.length === bindable.length;
        return {
          'methods-removed': targets.filter((a) => a.type !== 'recovery-code').length,
          'recovery-codes-void': isAll || targets.some((a) => a.type === 'recovery-code') ? codes : 0,
          'phones-revoked': phones.filter(
            (p) => input.authenticator === undefined || targets.some((a) => a.id === p.authenticatorId),
          ).length,
          'trust-ended': trusted.length,
          'sessions-ended': 1,
          ...appPasswordsAfter(targets),
        };
      }
      case 'register': {
        if (account.email === null) return refuse('no-mail-address');
        if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
        const lost = input.revokePhones ?? [];
        if (lost.some((id) => !enrolment.phones.some((p) => p.id === id))) return refuse('not-found');
        const isAtOnce = (input.mode ?? policy.enrolment.reissue) === 'replace-at-once';
        const gone = isAtOnce ? enrolment.phones : enrolment.phones.filter((p) => lost.includes(p.id));
        return {
          'registration-sent': 1,
          'registrations-void':
            enrolment.ticket?.status === 'open' && enrolment.ticket.expiresAt > enrolment.now ? 1 : 0,
          'phones-revoked': gone.length,
          'trust-ended': gone.length > 0 ? trusted.length : 0,
          'logins-ended': gone.length > 0 ? 1 : 0,
          ...(gone.length > 0 ? appPasswordsAfter(gone.flatMap((p) => ofApp(p.authenticatorId) ?? [])) : {}),
        };
      }
      case 'reset-pin':
        if (enrolment.pin?.isSet !== true) return refuse('not-found');
        return {
          'pin-forgotten': 1,
          'phones-unsynced': enrolment.phones.length,
          'trust-ended': trusted.length,
          'sessions-ended': 1,
          ...appPasswordsAfter(held.filter((a) => a.type === 'app')),
        };
      case 'change-person':
        if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
        if ((input.email ?? account.email) === null) return refuse('no-mail-address');
        return {
          'methods-removed': bindable.filter((a) => a.type !== 'recovery-code').length,
          'recovery-codes-void': codes,
          'phones-revoked': phones.length,
          'pin-forgotten': enrolment.pin?.isSet === true ? 1 : 0,
          'trust-ended': trusted.length,
          'sessions-ended': 1,
          'app-passwords-revoked': appPasswords.length,
          'contacts-changed': [input.name, input.email, input.phone].filter((one) => one !== undefined).length,
          'registration-sent': 1,
        };
      case 'revoke-phone': {
        const phone = phones.find((p) => p.id === input.phone);
        if (phone === undefined) return refuse('not-found');
        return {
          'phones-revoked': 1,
          'trust-ended': trusted.length,
          ...appPasswordsAfter([ofApp(phone.authenticatorId) ?? []].flat()),
        };
      }
      case 'revoke-trust': {
        const gone = trusted.filter((one) => input.id === undefined || one.id === input.id);
        return gone.length === 0 ? refuse('not-found') : { 'trust-ended': gone.length };
      }
      case 'revoke-app-password': {
        const gone = appPasswords.filter((one) => input.id === undefined || one.id === input.id);
        if (gone.length === 0 && input.id !== undefined) return refuse('not-found');
        return { 'app-passwords-revoked': gone.length, 'app-passwords-stay': appPasswords.length - gone.length };
      }
      case 'bypass':
        if (account.status === 'suspended') return refuse('account-suspended', { contact: policy.contact });
        return {
          'bypass-issued': input.uses ?? 1,
          'bypass-ended': held.filter((a) => a.type === 'bypass-code').length,
        };
      default:
        return action satisfies never;
    }
  })();
  if ('kind' in found) return found;
  const effects = Object.entries(found)
    .filter(([, count]) => count > 0)
    .map(([kind, count]): Effect => ({ kind: kind as EffectKind, count }));
  return { kind: 'preview', effects, situation: situationOf() };

  function situationOf(): string {
    const { phone, email, status } = account;
    const ids = SMALL.includes(action) ? [] : [...bindable.map((a) => a.id), ...phones.map((p) => p.id)].sort();
    return ports.crypto.hash(JSON.stringify([action, phone, email, status, ids]));
  }
}

type Effects = Partial<Record<EffectKind, number>>;
/** Those that do not depend on what is bound. */
const SMALL: readonly AccountAction[] = ['unlock', 'revoke-trust', 'revoke-app-password', 'bypass'];
