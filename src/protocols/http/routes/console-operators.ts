// Who works at the console for a tenant.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { OperatorRow } from '../../../core/operator/store.ts';
import { type Invited, inviteOperator, resetOperator, setRoles } from '../../../flows/operator/people.ts';
import type { Handlers, HttpPorts } from '../handler.ts';
import { instant, ok } from '../replies.ts';

const at = (ms: number | null): string | null => (ms === null ? null : instant(ms));

const rowBody = (o: OperatorRow): ReplyOf<'listOperators'>['items'][number] => ({
  id: o.id,
  login: o.login,
  name: o.name ?? o.login,
  status: o.status === 'suspended' ? 'disabled' : o.methods.length === 0 ? 'invited' : 'active',
  roles: [...o.roles],
  methods: [...o.methods] as ReplyOf<'listOperators'>['items'][number]['methods'],
  createdAt: instant(o.createdAt),
  createdBy: o.createdBy,
  lastSeenAt: at(o.lastSeenAt),
  linkExpiresAt: at(o.linkExpiresAt),
});

const invitedBody = (ports: HttpPorts, { id, login, link }: Invited): ReplyOf<'inviteOperator'> => ({
  id,
  login,
  // In the fragment: no log and no Referer sees it.
  link: link === null ? null : `${ports.consoleUrl}/#/join/${link.token}`,
  expiresAt: at(link?.expiresAt ?? null),
});

export const consoleOperators: Handlers<'listOperators' | 'inviteOperator' | 'setOperatorRoles' | 'resetOperator'> = {
  async listOperators(ports, { caller }) {
    return ok({ items: (await ports.operators.list(caller.tenantId)).map(rowBody) });
  },
  async inviteOperator(ports, { caller, body }) {
    const { roles, ...who } = body;
    const done = await inviteOperator(ports, caller, { ...who, tenants: { [caller.tenantId]: roles } });
    if (done.kind === 'invalid')
      return { status: 400, body: null, invalid: [{ at: done.at, code: 'format', message: done.message }] };
    return done.kind === 'refused' ? done : ok(invitedBody(ports, done), 201);
  },
  async setOperatorRoles(ports, { caller, params, body }) {
    const done = await setRoles(ports, caller, params.operator, body.roles);
    return done.kind === 'refused' ? done : ok({ roles: [...done.roles] });
  },
  async resetOperator(ports, { caller, params }) {
    const done = await resetOperator(ports, caller, params.operator);
    return done.kind === 'refused' ? done : ok(invitedBody(ports, done), 201);
  },
};
