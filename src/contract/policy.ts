// The policy document: YAML that people write, checked against this schema before it is used. Mistakes are told with their place.
// `z.toJSONSchema(PolicyDocument)` is the JSON Schema editors complete from; `hufu policy schema` prints it.
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ConsoleSection } from './policy-console.ts';
import { AppSection, EnrolmentSection, PinSection, TimeZone } from './policy-enrolment.ts';
import { AppPasswordsSection } from './policy-mail.ts';
import { inLanguage, made, mistake, rowOf, type Speak, speaker, yamlSays, ZOD_SAYS } from './policy-mistakes.ts';
import { PortalSection, TrustSection } from './policy-portal.ts';
import { RolloutSection } from './policy-rollout.ts';
import type { Locale } from './problems.ts';

const words = () =>
  z
    .union([z.string().min(1), z.strictObject({ 'zh-CN': z.string(), 'zh-HK': z.string(), en: z.string() })])
    .meta({ description: 'One text for all, or one per language' });
const type = () => z.enum(['totp', 'app', 'passkey', 'wechat', 'sms', 'email', 'recovery-code']);
const phase = () => z.enum(['sms-only', 'coexist', 'totp-only']);
const kind = () => z.enum(['desktop', 'phone', 'web']);
const version = () => z.string().regex(/^\d{1,9}(\.\d{1,9}){0,11}$/, mistake('version'));
const many = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1)]);

const Conditions = z
  .strictObject({
    phase: many(phase()).optional().meta({ description: 'the rollout phase of the account' }),
    bound: many(type()).optional().meta({ description: 'the account has this type bound, or one of these' }),
    boundAll: z.array(type()).min(1).optional().meta({ description: 'the account has all of these bound' }),
    unbound: many(type()).optional().meta({ description: 'the account has it not, or none of these' }),
    client: many(z.string()).optional().meta({ description: 'the registered client' }),
    kind: many(kind()).optional().meta({ description: 'desktop, phone or web' }),
    binds: type().optional().meta({ description: 'the client can bind this type' }),
    cohort: many(z.string()).optional().meta({ description: 'the named set the account is in' }),
    purpose: many(z.enum(['login', 'unbind', 'change', 'confirm']))
      .optional()
      .meta({ description: 'what the challenge is for' }),
  })
  .meta({ id: 'Conditions', description: 'All that are given must hold' });

const seconds = (low: number, high: number) => z.int().min(low).max(high);
const throttle = {
  delaysSeconds: z
    .array(seconds(0, 86_400))
    .min(1)
    .max(20)
    .meta({ description: 'wait after the 1st, 2nd, 3rd … wrong output; the last repeats' }),
  freezeAfter: z.int().min(1).max(10).meta({ description: 'the wrong output that freezes; 10 at most' }),
  unfreezeSeconds: seconds(60, 604_800)
    .optional()
    .meta({ description: 'a freeze ends by itself after this; absent: only an operator ends it' }),
};

export const PolicyDocument = z
  .strictObject({
    policy: z.literal(1).meta({ description: 'version of this format' }),
    name: z.string().min(1).max(100),
    issuer: z
      .string()
      .min(1)
      .max(60)
      .refine((text) => !text.includes(':'), mistake('colon'))
      .meta({ description: 'shown in authenticator apps' }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('HK')
      .meta({ description: 'whose national phone numbers are meant (ISO 3166)' }),
    locale: z
      .enum(['zh-CN', 'zh-HK', 'en'])
      .default('zh-CN')
      .meta({ description: 'language of accounts that name none' }),
    timeZone: TimeZone,
    contact: words().meta({ description: 'whom people are told to call' }),
    smsSignature: words().default('').meta({ description: 'put before every SMS, such as 【…】' }),
    firstFactor: z
      .array(z.enum(['verified', 'password']))
      .min(1)
      .default(['verified', 'password']),
    clients: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
        z.strictObject({
          name: words(),
          kind: kind(),
          minimumVersion: version().optional(),
          download: z.string().max(500).optional(),
          offers: z.array(z.enum(['qr', 'uri'])).default(['qr', 'uri']),
          binds: z.array(type()).default([]).meta({ description: 'what may be bound on it' }),
        }),
      )
      .refine((clients) => Object.keys(clients).length > 0, mistake('one-client')),
    versioned: z
      .array(type())
      .default(['totp'])
      .meta({ description: 'types a client below its minimum version may not use' }),
    rollout: RolloutSection,
    login: z
      .array(
        z
          .strictObject({
            name: z.string().min(1),
            when: Conditions.optional(),
            challenge: z.array(type()).min(1).optional(),
            recovery: z.array(type()).optional(),
            recoveryNeeds: z.int().min(1).max(3).optional().meta({
              description: 'how many different ones of `recovery` it takes; they are asked for in order, one at a time',
            }),
            enrol: z.array(type()).min(1).optional(),
            allow: z.boolean().optional(),
            refuse: z.enum(['bind-elsewhere', 'no-method']).optional(),
          })
          .refine(
            (rule) =>
              [rule.challenge ?? rule.enrol, rule.allow, rule.refuse].filter((given) => given !== undefined).length ===
              1,
            mistake('one-outcome'),
          )
          .refine(
            (rule) => (rule.recoveryNeeds ?? 1) <= new Set(rule.recovery ?? ['one']).size,
            mistake('recovery-needs'),
          ),
      )
      .min(1)
      .meta({ description: 'the first rule whose conditions hold decides; when none does, the login is refused' }),
    bind: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          when: Conditions.optional(),
          types: z.array(type()).min(1),
          proof: z.enum(['login', 'step-up']).default('login'),
        }),
      )
      .default([]),
    unbind: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          when: Conditions.optional(),
          by: z.enum(['login', 'step-up', 'operator']),
        }),
      )
      .default([]),
    keepAtLeast: z
      .int()
      .min(0)
      .max(3)
      .default(0)
      .meta({ description: 'how many other methods must stay when one is removed' }),
    totp: z
      .strictObject({
        algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']).default('SHA1'),
        digits: z.union([z.literal(6), z.literal(7), z.literal(8)]).default(6),
        periodSeconds: seconds(15, 120).default(30),
        window: z
          .strictObject({ back: z.int().min(0).max(4).default(1), forward: z.int().min(0).max(4).default(1) })
          .prefault({}),
      })
      .prefault({}),
    app: AppSection,
    pin: PinSection,
    enrolment: EnrolmentSection,
    sms: z
      .strictObject({
        codeSeconds: seconds(60, 600).default(180),
        resendSeconds: seconds(30, 600).default(60),
        perAccountPerHour: z.int().min(1).max(50).default(5),
        perTenantPerDay: z.int().min(1).default(20_000),
        countries: z
          .array(z.string().regex(/^[A-Z]{2}$/))
          .min(1)
          .default(['CN', 'HK', 'MO']),
      })
      .prefault({}),
    email: z
      .strictObject({
        codeSeconds: seconds(60, 1800).default(600),
        resendSeconds: seconds(30, 600).default(60),
        perAccountPerHour: z.int().min(1).max(50).default(10),
        perTenantPerDay: z.int().min(1).default(50_000),
      })
      .prefault({}),
    approvals: z
      .strictObject({
        push: z.boolean().default(true).meta({ description: "ask on the account's phones, without a QR" }),
        pushSeconds: seconds(30, 300).default(60),
        numberDigits: z.int().min(2).max(6).default(2).meta({ description: 'digits that must be typed on the phone' }),
      })
      .prefault({}),
    recoveryCodes: z
      .strictObject({ offer: z.boolean().default(true), count: z.int().min(5).max(16).default(10) })
      .prefault({}),
    devices: z
      .strictObject({
        bindOnFirstCode: z.boolean().default(false),
        kinds: z.array(kind()).default(['phone']),
        required: z.boolean().optional().meta({
          description: 'a client of these kinds must name its device; absent: where bindOnFirstCode is on',
        }),
      })
      .prefault({}),
    times: z
      .strictObject({
        loginSeconds: seconds(60, 1800).default(600),
        bindingSeconds: seconds(60, 1800).default(600),
        freshLoginSeconds: seconds(60, 86_400).default(43_200),
        proofSeconds: seconds(60, 3600).default(300),
        recoveryCoolingSeconds: seconds(0, 2_592_000).default(0).meta({
          description:
            'how long a step-up by `recovery` waits before it proves anything; then it proves for as long again',
        }),
        contactCoolingSeconds: seconds(0, 2_592_000).default(0).meta({
          description: 'how long a changed phone number proves nothing that binds, unbinds or changes a method',
        }),
        objectionSeconds: z
          .union([z.literal(0), seconds(3600, 518_400)])
          .default(259_200)
          .meta({
            description:
              'how long the owner may take a change of methods back by the code in its notice; 0: only by calling',
          }),
      })
      .prefault({}),
    throttle: z
      .strictObject({ ...throttle, scope: z.enum(['authenticator', 'account']).default('authenticator') })
      .default({ delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600], freezeAfter: 10, scope: 'authenticator' }),
    passwordThrottle: z
      .strictObject(throttle)
      .default({ delaysSeconds: [0, 0, 0, 10, 30, 60, 120, 300, 900], freezeAfter: 10, unfreezeSeconds: 3600 }),
    appPasswords: AppPasswordsSection,
    portal: PortalSection.optional(),
    trust: TrustSection,
    console: ConsoleSection,
    notices: z
      .boolean()
      .default(true)
      .meta({ description: 'tell every channel of the account when its methods change' }),
  })
  .meta({ id: 'PolicyDocument', title: 'Hufu policy' });

type Raw = z.output<typeof PolicyDocument>;
type Words = Readonly<Record<Locale, string>>;
export type ParsedPolicy = Omit<Raw, 'contact' | 'smsSignature' | 'clients' | 'devices' | 'portal' | 'console'> & {
  readonly console: Omit<Raw['console'], 'reasons'> & {
    readonly reasons: readonly { readonly code: string; readonly text: Words }[];
  };
  readonly contact: Words;
  readonly smsSignature: Words;
  readonly portal?: (Omit<NonNullable<Raw['portal']>, 'accountLabel'> & { readonly accountLabel?: Words }) | undefined;
  readonly devices: Omit<Raw['devices'], 'required'> & { readonly required: boolean };
  readonly clients: Readonly<Record<string, Omit<Raw['clients'][string], 'name'> & { readonly name: Words }>>;
};

export interface PolicyError {
  /** JSON pointer into the document. */
  readonly at: string;
  readonly line: number | null;
  readonly message: string;
}

/** Reads and checks a policy document; every mistake with its place, in words of the language, or the policy with its defaults filled in. */
export function parsePolicy(
  document: string,
  locale: Locale = 'en',
):
  | { readonly policy: ParsedPolicy; readonly errors: null }
  | { readonly policy: null; readonly errors: readonly PolicyError[] } {
  const say = speaker(locale);
  if (document.length > 256_000)
    return { policy: null, errors: [{ at: '', line: null, message: say(rowOf('too-large')) }] };
  if (document.includes('\0')) return { policy: null, errors: [{ at: '', line: null, message: say(rowOf('nul')) }] };
  const lines = new LineCounter();
  const yaml = parseDocument(document, { lineCounter: lines, uniqueKeys: true, maxAliasCount: 0 } as Parameters<
    typeof parseDocument
  >[1]);
  // A warning is an unknown tag: what would be read is not what was meant.
  const unread = [...yaml.errors, ...yaml.warnings];
  if (unread.length > 0)
    return {
      policy: null,
      errors: unread.map((e) => ({
        at: '',
        line: lines.linePos(e.pos[0]).line,
        message: yamlSays(e.code, e.message, say),
      })),
    };
  let plain: unknown;
  try {
    plain = yaml.toJS({ maxAliasCount: 0 });
  } catch {
    return { policy: null, errors: [{ at: '', line: null, message: say(rowOf('aliases')) }] };
  }
  const parsed = PolicyDocument.safeParse(plain, { error: ZOD_SAYS[locale] });
  if (!parsed.success)
    return {
      policy: null,
      errors: parsed.error.issues.map((issue) => ({
        at: `/${issue.path.map(String).join('/')}`,
        line: lineOf(yaml, lines, issue.path),
        message: inLanguage(issue.message, say),
      })),
    };
  const errors = crossChecks(parsed.data, say).map((e) => ({
    at: `/${e.path.join('/')}`,
    line: lineOf(yaml, lines, e.path),
    message: e.message,
  }));
  if (errors.length > 0) return { policy: null, errors };
  const raw = parsed.data;
  const devices = { ...raw.devices, required: raw.devices.required ?? raw.devices.bindOnFirstCode };
  const clients = Object.fromEntries(
    Object.entries(raw.clients).map(([id, client]) => [id, { ...client, name: wordsOf(client.name) }]),
  );
  return {
    policy: {
      ...raw,
      devices,
      contact: wordsOf(raw.contact),
      smsSignature: wordsOf(raw.smsSignature),
      clients,
      portal: portalOf(raw.portal),
      console: { ...raw.console, reasons: raw.console.reasons.map((one) => ({ ...one, text: wordsOf(one.text) })) },
    },
    errors: null,
  };
}

const wordsOf = (given: string | Words): Words =>
  typeof given === 'string' ? { 'zh-CN': given, 'zh-HK': given, en: given } : given;

function portalOf(raw: Raw['portal']): ParsedPolicy['portal'] {
  if (raw === undefined) return undefined;
  const { accountLabel, ...rest } = raw;
  return accountLabel === undefined ? rest : { ...rest, accountLabel: wordsOf(accountLabel) };
}

/** What one field alone cannot tell. */
function crossChecks(raw: Raw, say: Speak): { path: (string | number)[]; message: string }[] {
  const errors: { path: (string | number)[]; message: string }[] = [];
  const names = new Set(Object.keys(raw.clients));
  for (const [list, rules] of [
    ['login', raw.login],
    ['bind', raw.bind],
    ['unbind', raw.unbind],
  ] as const)
    for (const [index, rule] of rules.entries())
      for (const client of [rule.when?.client ?? []].flat())
        if (!names.has(client))
          errors.push({
            path: [list, index, 'when', 'client'],
            message: say(made.client(client)),
          });
  const portal = raw.portal;
  if (portal !== undefined) {
    const client = raw.clients[portal.client];
    if (!names.has(portal.client) || client === undefined)
      errors.push({
        path: ['portal', 'client'],
        message: say(made.client(portal.client)),
      });
    // Pages come from this server: there is no older version of them that anybody could use.
    else if (client.minimumVersion !== undefined)
      errors.push({ path: ['portal', 'client'], message: say(rowOf('portal-version')) });
    if (portal.password === 'stored' && !raw.firstFactor.includes('password'))
      errors.push({ path: ['portal', 'password'], message: say(rowOf('stored-password')) });
  }
  for (const [locale, text] of Object.entries(wordsOf(raw.smsSignature)))
    if (text.length > 14)
      errors.push({
        path: ['smsSignature'],
        message: say(made['long-signature'](String(text.length), locale)),
      });
  for (const [locale, text] of Object.entries(wordsOf(raw.contact)))
    if (text.length === 0 || text.length > 60) errors.push({ path: ['contact'], message: say(made.contact(locale)) });
  return errors;
}

function lineOf(yaml: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const node = yaml.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
