// What operators do for the phones of an account.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import {
  changeAuthorisedPerson,
  operatorRegister,
  operatorRevokePhone,
  type RegistrationSent,
  resetPin,
} from '../../../flows/enrolment/operate.ts';
import type { Handlers } from '../handler.ts';
import { instant, misfit, NO_CONTENT, ok } from '../replies.ts';

const sentBody = ({ id, sentTo, expiresAt, slots }: RegistrationSent): ReplyOf<'operatorRegister'> => ({
  id,
  sentTo,
  expiresAt: instant(expiresAt),
  slots: { ...slots },
});

export const consoleEnrolment: Handlers<
  'operatorRegister' | 'operatorResetPin' | 'operatorChangePerson' | 'operatorRevokePhone'
> = {
  async operatorRegister(ports, { caller, params, body }) {
    const sent = await operatorRegister(ports, caller, { account: params.account, ...body });
    return sent.kind === 'refused' ? sent : ok(sentBody(sent), 201);
  },
  async operatorResetPin(ports, { caller, params, body }) {
    const done = await resetPin(ports, caller, { account: params.account, ...body });
    if (done.kind === 'invalid') return misfit(done);
    return done.kind === 'refused' ? done : ok({ phones: done.phones });
  },
  async operatorChangePerson(ports, { caller, params, body }) {
    const sent = await changeAuthorisedPerson(ports, caller, { account: params.account, ...body });
    if (sent.kind === 'invalid') return misfit(sent);
    return sent.kind === 'refused' ? sent : ok(sentBody(sent), 201);
  },
  async operatorRevokePhone(ports, { caller, params, body }) {
    const done = await operatorRevokePhone(ports, caller, { ...params, ...body });
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
};
