// A person's phones and the registration they asked for.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { Refusal } from '../../../core/outcome.ts';
import { myPhones, registerMine, removeMyPhone } from '../../../flows/my-phones.ts';
import { eventStream } from '../events.ts';
import type { Call, Handlers, HttpPorts } from '../handler.ts';
import { instant, NO_CONTENT, ok, TOO_MANY_WAITING } from '../replies.ts';

async function state(
  ports: HttpPorts,
  { page, person }: Pick<Call<'getMyEnrolment'>, 'page' | 'person'>,
): Promise<ReplyOf<'getMyEnrolment'> | Refusal> {
  const view = await myPhones(ports, page.portal, person);
  if (view.kind === 'refused') return view;
  const { ticket, slots } = view;
  if (ticket === null) return { status: 'none', slots: { ...slots } };
  const status = ticket.status === 'used' ? 'used-up' : ticket.status;
  return { status, slots: { ...slots }, expiresAt: instant(ticket.expiresAt) };
}

export const mePhones: Handlers<
  'startMyEnrolment' | 'getMyEnrolment' | 'watchMyEnrolment' | 'listMyPhones' | 'removeMyPhone'
> = {
  async startMyEnrolment(ports, { page, person }) {
    const issued = await registerMine(ports, page.portal, person, page.browser);
    if (issued.kind === 'refused') return issued;
    const { png, svg } = await ports.qr(issued.url);
    const { id, url, account, activationCode, slots } = issued;
    const body: ReplyOf<'startMyEnrolment'> = {
      id,
      url,
      qr: svg,
      qrPng: png,
      account,
      activationCode,
      expiresAt: instant(issued.expiresAt),
      slots: { ...slots },
    };
    return ok(body, 201);
  },
  async getMyEnrolment(ports, call) {
    const first = await state(ports, call);
    const { wait = 0 } = call.query;
    if ('kind' in first || wait === 0 || first.status !== 'open') return 'kind' in first ? first : ok(first);
    if (!(await ports.woken('enrolment', call.person.session.accountId, null, wait * 1000))) return TOO_MANY_WAITING;
    const later = await state(ports, call);
    return 'kind' in later ? later : ok(later);
  },
  async watchMyEnrolment(ports, call) {
    return eventStream({
      event: 'enrolment',
      async look() {
        // A session that ended meanwhile is told nothing more.
        const { tenantId, hash } = call.person.session;
        if ((await ports.sessions.session(tenantId, hash)) === undefined) return undefined;
        const found = await state(ports, call);
        return 'kind' in found ? undefined : { data: found, settled: found.status !== 'open' };
      },
      woken: (ms) => ports.woken('enrolment', call.person.session.accountId, null, ms),
    });
  },
  async listMyPhones(ports, { page, person }) {
    const view = await myPhones(ports, page.portal, person);
    if (view.kind === 'refused') return view;
    const body: ReplyOf<'listMyPhones'> = {
      items: view.phones.map(({ id, name, role, status, joinedAt, lastUsedAt }) => ({
        id,
        name,
        role,
        status,
        since: instant(joinedAt),
        lastUsedAt: lastUsedAt === null ? null : instant(lastUsedAt),
      })),
      next: null,
    };
    return ok(body);
  },
  async removeMyPhone(ports, { page, person, params }) {
    const done = await removeMyPhone(ports, page.portal, person, params.phone);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
};
