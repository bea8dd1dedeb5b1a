// The policy editor.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { tell } from '../../../core/doctor/finding.ts';
import { refuse } from '../../../core/outcome.ts';
import type { Policy } from '../../../core/policy/policy.ts';
import type { PolicyVersion } from '../../../core/policy/versions.ts';
import { getPolicy, lookAtPolicy, type PolicyInForce, publishEdited } from '../../../flows/policy-editor.ts';
import type { Handlers } from '../handler.ts';
import { instant, ok } from '../replies.ts';
import { answerOf } from './desk-body.ts';

type Rules = ReplyOf<'getPolicy'>['rules'];
type Rule = Rules['login'][number];

/** One rule: its conditions as lists, and whatever else it says as it is. */
const ruleOf = ({ when = {}, ...rest }: Policy['login'][number] | Policy['bind'][number] | Policy['unbind'][number]) =>
  ({
    ...rest,
    when: Object.fromEntries(
      Object.entries(when).flatMap(([name, wanted]) =>
        wanted === undefined ? [] : [[name, [wanted].flat().map(String)]],
      ),
    ),
  }) as Rule;
const rulesOf = ({ login, bind, unbind, clients }: Policy): Rules => ({
  clients: Object.keys(clients),
  login: login.map(ruleOf),
  bind: bind.map(ruleOf),
  unbind: unbind.map(ruleOf),
});
const versionBody = ({ version, at, actor, reason }: PolicyVersion) => ({ version, at: instant(at), actor, reason });
const viewOf = (found: PolicyInForce): ReplyOf<'getPolicy'> => ({
  ...versionBody(found),
  document: found.document,
  rules: rulesOf(found.policy),
});

export const policyEditor: Handlers<
  'getPolicy' | 'listPolicyVersions' | 'getPolicyVersion' | 'checkPolicy' | 'editPolicyRules' | 'publishPolicy'
> = {
  async getPolicy(ports, { caller }) {
    const found = await getPolicy(ports, caller);
    return found.kind === 'refused' ? found : ok(viewOf(found));
  },
  async listPolicyVersions(ports, { caller, query }) {
    const limit = query.limit ?? 50;
    const below = /^\d{1,9}$/.test(query.after ?? '') ? Number(query.after) : Number.MAX_SAFE_INTEGER;
    const items = await ports.policies.list(caller.tenantId, below, limit);
    return ok({ items: items.map(versionBody), next: items.length < limit ? null : String(items.at(-1)?.version) });
  },
  async getPolicyVersion(ports, { caller, params }) {
    const found = await getPolicy(ports, caller, params.version);
    return found.kind === 'refused' ? found : ok(viewOf(found));
  },
  async checkPolicy(ports, { caller, body, asked }) {
    const locale = asked ?? 'en';
    const look = await lookAtPolicy(ports, caller, body.document, locale);
    if (look.errors !== null) return ok({ valid: false, errors: [...look.errors] });
    const { accounts, affected, refused, differences } = look.comparison;
    return ok({
      valid: true,
      errors: [],
      rules: rulesOf(look.policy),
      findings: look.findings.map((one) => {
        const { facts, ...told } = tell(one, locale);
        return { ...told, facts: facts.map(({ code, params }) => ({ code, params: { ...params } })) };
      }),
      affected: { accounts, affected, refused, differences },
    });
  },
  async editPolicyRules(ports, { body }) {
    const document = ports.editRules(body.document, body.list, body.rules);
    return document === undefined ? refuse('policy-invalid') : ok({ document });
  },
  async publishPolicy(ports, { caller, body, from, asked }) {
    const published = await publishEdited(ports, caller, body, { ip: from.ip, locale: asked ?? 'en' });
    return answerOf(published, ({ version }) => ok({ version }));
  },
};
