// What operators do for the phones of an account.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { RegistrationSent } from '../../../flows/enrolment/operate.ts';
import { act } from '../../../flows/operator/act.ts';
import type { Handlers } from '../handler.ts';
import { instant, NO_CONTENT, ok } from '../replies.ts';
import { answerOf } from './desk-body.ts';

const sentBody = ({ id, sentTo, expiresAt, slots }: RegistrationSent): ReplyOf<'operatorRegister'> => ({
  id,
  sentTo,
  expiresAt: instant(expiresAt),
  slots: { ...slots },
});

export const consoleEnrolment: Handlers<
  'operatorRegister' | 'operatorResetPin' | 'operatorChangePerson' | 'operatorRevokePhone'
> = {
  async operatorRegister(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'register', { ...body, account: params.account }, from.ip);
    return answerOf(done, (sent) => ok(sentBody(sent), 201));
  },
  async operatorResetPin(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'reset-pin', { ...body, account: params.account }, from.ip);
    return answerOf(done, ({ phones }) => ok({ phones }));
  },
  async operatorChangePerson(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'change-person', { ...body, account: params.account }, from.ip);
    return answerOf(done, (sent) => ok(sentBody(sent), 201));
  },
  async operatorRevokePhone(ports, { caller, params, body, from }) {
    const done = await act(ports, caller, 'revoke-phone', { ...body, ...params }, from.ip);
    return answerOf(done, () => NO_CONTENT);
  },
};
