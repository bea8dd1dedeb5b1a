// The list of two-step methods of a person's settings (CM-1.1): what is bound of each, since when, when it was last used, and what may be done.
import { STAND_INS, type TypeName } from '../core/authenticator/type.ts';
import type { Words } from '../core/locale.ts';
import type { Refusal } from '../core/outcome.ts';
import { mayBind } from '../core/policy/decide.ts';
import type { Ports } from '../core/ports.ts';
import type { SessionSnapshot } from '../core/session/session.ts';
import { endingWith, hasOwnMethod } from './end-app-passwords.ts';
import { slotsOf } from './enrolment/phones.ts';
import { active, factsOf, hintOf } from './facts.ts';
import { mine } from './my-methods.ts';
import type { Portal } from './portal.ts';
import { retiresAt } from './retires.ts';
import { unbindBy } from './unbind.ts';

export type WhyNot = 'by-operator' | 'last' | 'follows-contact' | 'not-here' | 'not-now';

export interface MethodRow {
  readonly type: TypeName;
  readonly state: 'bound' | 'unbound' | 'locked';
  readonly items: readonly { readonly id: string; readonly hint: string; readonly since: number }[];
  readonly actions: readonly ('bind' | 'change' | 'unbind' | 'renew')[];
  /** Why an action one would look for is not there. */
  readonly reason: WhyNot | null;
  readonly codes: { readonly left: number; readonly of: number } | null;
  /** When it last completed a login or another question; null when it never did, or too long ago to be kept. */
  readonly lastUsedAt: number | null;
  /** Phones that hold the account, where the method is our app. */
  readonly slots: { readonly used: number; readonly of: number } | null;
  /** From when a planned switch takes it out of use at login. */
  readonly retiresAt: number | null;
  /** How many app passwords end when it is unbound. */
  readonly endsAppPasswords: number;
  /** Whoever binds another method is asked whether to make these too. */
  readonly isOffered: boolean;
}

export interface MyMethods {
  readonly kind: 'methods';
  readonly rows: readonly MethodRow[];
  readonly contact: Words;
}

/** Every method of the tenant that a person could have, with what is theirs and what they may do. */
export async function myMethods(ports: Ports, portal: Portal, person: SessionSnapshot): Promise<MyMethods | Refusal> {
  const found = await mine(ports, portal, person);
  if (found.kind === 'refused') return found;
  const { snapshot, known } = found;
  const { policy } = portal;
  const held = active(snapshot);
  const rule = mayBind(policy, factsOf(policy, snapshot, known, 'login', []));
  const asked = policy.login.flatMap((one) => [
    ...(one.challenge ?? []),
    ...(one.recovery ?? []),
    ...(one.enrol ?? []),
  ]);
  const somewhere = Object.values(policy.clients).flatMap((client) => client.binds);
  const types = [...new Set([...asked, ...somewhere])];
  const by = unbindBy(policy, snapshot);
  const used = await ports.history.lastUsed(snapshot.account.tenantId, snapshot.account.id);
  const appPasswords = policy.appPasswords.enabled ? (await ports.appPasswords.list(snapshot.account.id)).items : [];
  const rows: MethodRow[] = [];
  for (const type of types) {
    const items = held.filter((a) => a.type === type);
    const ofOthers = held.filter((a) => a.type !== type && !STAND_INS.includes(a.type)).length;
    const canBind = rule?.types.includes(type) === true && (type !== 'recovery-code' || hasOwnMethod(snapshot));
    const isBindable = ports.types[type].bind !== undefined;
    const isLast = type !== 'recovery-code' && ofOthers < policy.keepAtLeast;
    const actions: MethodRow['actions'][number][] = [];
    let reason: WhyNot | null = null;
    if (items.length === 0) {
      if (canBind) actions.push('bind');
      else reason = !isBindable ? 'follows-contact' : known.client.binds.includes(type) ? 'not-now' : 'not-here';
    } else {
      if (type === 'recovery-code' && canBind) actions.push('renew');
      // What its owner may take away and bind here may be exchanged in one go, the last one too (CM-4.2).
      const isOne = ports.types[type].several !== true && type !== 'recovery-code';
      if (isBindable && isOne && by !== 'operator' && known.client.binds.includes(type)) actions.push('change');
      if (!isBindable) reason = 'follows-contact';
      else if (by === 'operator') reason = 'by-operator';
      else if (isLast) reason = 'last';
      else actions.push('unbind');
    }
    const [codes] = type === 'recovery-code' ? items : [];
    const since = Math.min(...items.map((a) => a.boundAt ?? a.createdAt));
    const last = used.get(type) ?? 0;
    rows.push({
      type,
      state: items.length > 0 ? 'bound' : actions.length > 0 ? 'unbound' : 'locked',
      items: items.map((a) => ({ id: a.id, hint: hintOf(a), since: a.boundAt ?? a.createdAt })),
      actions,
      reason,
      codes:
        codes === undefined
          ? null
          : { left: await ports.store.recoveryCodesLeft(codes.id, Number(codes.params)), of: Number(codes.params) },
      // What was bound before it is another one.
      lastUsedAt: last >= since ? last : null,
      slots: type === 'app' && items.length > 0 ? slotsOf(policy, await ports.enrolment.of(snapshot.account.id)) : null,
      retiresAt: items.length === 0 ? null : retiresAt(policy, snapshot, known, type),
      endsAppPasswords:
        actions.includes('unbind') && endingWith(policy, snapshot, items) !== undefined ? appPasswords.length : 0,
      isOffered: type === 'recovery-code' && policy.recoveryCodes.offer && actions.includes('bind'),
    });
  }
  return { kind: 'methods', rows, contact: policy.contact };
}
