// What the policy editor asks and answers.
import { z } from 'zod';
import { instant, text, typeName } from '../schemas.ts';

const version = () => z.int().min(1);
/** Text of many lines; with the rest of a request it fits into what a body may be. */
const document = () =>
  z
    .string()
    .min(1)
    .max(60_000)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u)
    .meta({ description: 'The policy document, YAML' });
const list = () => z.enum(['login', 'bind', 'unbind']);
const wanted = () => z.record(z.string(), z.array(z.string()));

/** A rule as a table shows it: who, when, what is required, what is allowed. */
const RuleRow = z.strictObject({
  name: z.string(),
  when: wanted().meta({ description: 'conditions that must all hold; each by any one of its values' }),
  challenge: z.array(typeName()).optional(),
  recovery: z.array(typeName()).optional(),
  recoveryNeeds: z.int().optional(),
  enrol: z.array(typeName()).optional(),
  allow: z.boolean().optional(),
  refuse: z.string().optional(),
  types: z.array(typeName()).optional(),
  proof: z.string().optional(),
  by: z.string().optional(),
});
export const PolicyRules = z
  .strictObject({
    login: z.array(RuleRow),
    bind: z.array(RuleRow),
    unbind: z.array(RuleRow),
    clients: z.array(z.string()).meta({ description: 'the clients rules may name' }),
  })
  .meta({ id: 'PolicyRules' });

const PolicyVersion = z.strictObject({ version: version(), at: instant(), actor: z.string(), reason: z.string() });
export const PolicyView = PolicyVersion.extend({ document: z.string(), rules: PolicyRules }).meta({ id: 'PolicyView' });
export const PolicyVersions = z
  .strictObject({ items: z.array(PolicyVersion), next: z.string().nullable() })
  .meta({ id: 'PolicyVersions' });

const Met = z.strictObject({
  kind: z.enum(['allow', 'challenge', 'enrol', 'refuse']),
  types: z.array(typeName()).optional(),
  why: z.string().optional(),
});
export const CheckPolicy = z.strictObject({ document: document() }).meta({ id: 'CheckPolicy' });
export const PolicyCheck = z
  .strictObject({
    valid: z.boolean(),
    errors: z.array(z.strictObject({ at: z.string(), line: z.int().nullable(), message: z.string() })),
    rules: PolicyRules.optional(),
    findings: z
      .array(
        z.strictObject({
          rule: z.string(),
          level: z.enum(['warning', 'note']),
          at: z.string(),
          facts: z
            .array(z.strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()) }))
            .meta({ description: 'where it is so: permanent codes with their values' }),
          where: z.string().meta({ description: 'the same in words of the language asked for' }),
          risk: z.string(),
          instead: z.string(),
        }),
      )
      .optional(),
    affected: z
      .strictObject({
        accounts: z.int().meta({ description: 'accounts that logged in within the last seven days' }),
        affected: z.int().meta({ description: 'those whose next login would meet something else' }),
        refused: z.int().meta({ description: 'those it would refuse, and today does not' }),
        differences: z.array(
          z.strictObject({
            before: Met,
            after: Met,
            accounts: z.int(),
            clients: z.array(z.strictObject({ client: z.string().nullable(), accounts: z.int() })),
          }),
        ),
      })
      .optional(),
  })
  .meta({ id: 'PolicyCheck' });

export const EditRules = z
  .strictObject({
    document: document(),
    list: list(),
    rules: z
      .array(
        z.union([
          z.strictObject({ keep: z.int().min(0).max(999) }),
          z.strictObject({ rule: z.record(z.string().max(40), z.unknown()) }),
        ]),
      )
      .max(200)
      .meta({ description: 'the list as it shall be: rules that stay by their index, others as given' }),
  })
  .meta({ id: 'EditRules' });
export const EditedPolicy = z.strictObject({ document: z.string() }).meta({ id: 'EditedPolicy' });

export const PublishPolicy = z
  .strictObject({
    document: document(),
    base: version().meta({ description: 'the version the document was made from' }),
    reason: text(500),
    override: z.boolean().optional().meta({
      description: 'publish although it forces more accounts to bind than the policy allows, for that reason',
    }),
  })
  .meta({ id: 'PublishPolicy' });
export const PolicyPublished = z.strictObject({ version: version() }).meta({ id: 'PolicyPublished' });
