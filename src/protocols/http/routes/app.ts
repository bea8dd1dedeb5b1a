// The app's own calls.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { isWechat } from '../../../core/enrolment/enrolment.ts';
import { refuse } from '../../../core/outcome.ts';
import { changePin } from '../../../flows/enrolment/change-pin.ts';
import { confirmPhone } from '../../../flows/enrolment/confirm-phone.ts';
import { joinPhone } from '../../../flows/enrolment/join-phone.ts';
import type { PhoneCall } from '../../../flows/enrolment/load.ts';
import { openTicket } from '../../../flows/enrolment/open-ticket.ts';
import { ownPhone, type PhoneView, revokeByPhone } from '../../../flows/enrolment/phones.ts';
import { setPin } from '../../../flows/enrolment/set-pin.ts';
import { beginSync, finishSync } from '../../../flows/enrolment/sync-phone.ts';
import { confirmWechat } from '../../../flows/wechat/confirm.ts';
import type { Handlers } from '../handler.ts';
import { instant, misfit, NO_CONTENT, ok } from '../replies.ts';

/** The phone that signed, for a row that is about itself. */
function self(call: {
  readonly phone?: PhoneCall;
  readonly params: { readonly phone: string };
}): PhoneCall | undefined {
  return call.phone?.phone === call.params.phone ? call.phone : undefined;
}

const maybe = (at: number | null): string | null => (at === null ? null : instant(at));

export const phoneBody = (phone: PhoneView): ReplyOf<'listPhones'>['items'][number] => ({
  id: phone.id,
  name: phone.name,
  platform: phone.platform,
  role: phone.role,
  status: phone.status,
  joinedAt: instant(phone.joinedAt),
  completedAt: maybe(phone.completedAt),
  lastUsedAt: maybe(phone.lastUsedAt),
});

export const app: Handlers<
  'openTicket' | 'joinPhone' | 'getOwnPhone' | 'setPin' | 'syncPhone' | 'confirmPhone' | 'changePin' | 'removeOwnPhone'
> = {
  async openTicket(ports, { body, from }) {
    const opened = await openTicket(ports, body, from.ip);
    if (opened.kind === 'refused') return opened;
    const { kind: _, activationCode, activation, expiresAt, pin, tenant, ...rest } = opened;
    const reply: ReplyOf<'openTicket'> = {
      ...rest,
      tenant: { ...tenant },
      pin: { ...pin },
      activationCode,
      expiresAt: instant(expiresAt),
      activation: activation === null ? null : { token: activation.token, expiresAt: instant(activation.expiresAt) },
    };
    return ok(reply);
  },
  async joinPhone(ports, { body, from }) {
    const joined = await joinPhone(ports, body, from.ip);
    if (joined.kind === 'refused') return joined;
    if (joined.kind === 'invalid') return misfit(joined);
    const { kind: _, box, serverTime, ...rest } = joined;
    return ok({ ...rest, serverTime: instant(serverTime), box }, 201);
  },
  async getOwnPhone(ports, call) {
    const phone = self(call);
    if (phone === undefined) return refuse('not-found');
    const own = await ownPhone(ports, phone);
    if (own.kind === 'refused') return own;
    const reply: ReplyOf<'getOwnPhone'> = {
      ...phoneBody(own.phone),
      account: own.account,
      accountId: own.accountId,
      tenant: { ...own.tenant },
      pinEpoch: own.pinEpoch,
      contact: own.contact[call.asked ?? own.locale],
      serverTime: instant(own.serverTime),
      phones: own.phones.map((p) => ({ ...phoneBody(p), isThis: p.id === own.phone.id })),
    };
    return ok(reply);
  },
  async setPin(ports, call) {
    const phone = self(call);
    if (phone === undefined) return refuse('not-found');
    const done = await setPin(ports, phone, call.body);
    if (done.kind === 'refused') return done;
    return done.kind === 'invalid' ? misfit(done) : ok({ pinEpoch: done.pinEpoch, role: done.role });
  },
  async syncPhone(ports, call) {
    const phone = self(call);
    if (phone === undefined) return refuse('not-found');
    const { nonce, proof, kdfs } = call.body;
    if ((nonce === undefined) !== (proof === undefined))
      return misfit({ kind: 'invalid', at: nonce === undefined ? '/nonce' : '/proof', message: 'is missing' });
    if (nonce === undefined || proof === undefined) {
      const begun = await beginSync(ports, phone, kdfs);
      if (begun.kind === 'refused') return begun;
      const { kind: _, ...rest } = begun;
      return ok(rest);
    }
    const given = await finishSync(ports, phone, { nonce, proof });
    return given.kind === 'refused' ? given : ok({ box: given.box, pinEpoch: given.pinEpoch });
  },
  async confirmPhone(ports, call) {
    const phone = self(call);
    if (phone === undefined) return refuse('not-found');
    const known = await ports.enrolment.phone(phone.phone);
    const confirm = known !== undefined && isWechat(known) ? confirmWechat : confirmPhone;
    const done = await confirm(ports, phone, call.body);
    return done.kind === 'refused' ? done : ok({ pinEpoch: done.pinEpoch, role: done.role });
  },
  async changePin(ports, call) {
    const phone = self(call);
    if (phone === undefined) return refuse('not-found');
    const done = await changePin(ports, phone, call.body);
    if (done.kind === 'refused') return done;
    return done.kind === 'invalid' ? misfit(done) : ok({ pinEpoch: done.pinEpoch, role: done.role });
  },
  async removeOwnPhone(ports, { phone, params }) {
    if (phone === undefined) return refuse('not-found');
    const done = await revokeByPhone(ports, phone, params.phone);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
};
