// Phones and registrations, as a relying party shows them to its people.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { TicketIssued } from '../../../flows/enrolment/issue-ticket.ts';
import { type EnrolmentView, enrolmentView } from '../../../flows/enrolment/phones.ts';
import { revokeOwnPhone, selfRegister } from '../../../flows/enrolment/self-service.ts';
import type { Handlers, HttpPorts } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';
import { phoneBody } from './app.ts';

/** A fresh registration with its QR; the only time it is shown. */
export async function registrationBody(
  ports: Pick<HttpPorts, 'qr'>,
  issued: TicketIssued,
): Promise<ReplyOf<'startRegistration'>> {
  const { png, svg } = await ports.qr(issued.url);
  const { id, url, account, activationCode, slots } = issued;
  return {
    id,
    url,
    qr: png,
    qrSvg: svg,
    account,
    activationCode,
    expiresAt: instant(issued.expiresAt),
    slots: { ...slots },
  };
}

export const phonesBody = (view: EnrolmentView): ReplyOf<'listPhones'> => ({
  items: view.phones.map(phoneBody),
  slots: { ...view.slots },
  ticket: view.ticket === null ? null : { ...view.ticket, expiresAt: instant(view.ticket.expiresAt) },
});

export const phones: Handlers<'listPhones' | 'revokePhone' | 'startRegistration'> = {
  async listPhones(ports, { caller, params }) {
    const view = await enrolmentView(ports, caller, params.account);
    return view.kind === 'refused' ? view : ok(phonesBody(view));
  },
  async revokePhone(ports, { caller, params, query }) {
    const done = await revokeOwnPhone(ports, caller, { ...params, ...query });
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
  async startRegistration(ports, { caller, params, body }) {
    const issued = await selfRegister(ports, caller, { account: params.account, ...body });
    return issued.kind === 'refused' ? issued : ok(await registrationBody(ports, issued), 201);
  },
};
