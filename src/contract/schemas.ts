// Requests and replies of the HTTP API. The same schemas validate, type the SDK and make the OpenAPI document.
import { z } from 'zod';
import { IP } from './ip.ts';
import { LOCALES } from './problems.ts';

export const instant = () => z.string().meta({ format: 'date-time', description: 'RFC 3339 instant with zone' });
/** Words without control characters or halves of surrogate pairs: no store, log line or SMS has to fear them. */
export const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);
export const accountName = () =>
  text(200).meta({
    description: 'What the person logs in to: a trading account number or a mailbox',
    example: '700004',
  });
export const locale = () => z.enum(LOCALES);
export const typeName = () =>
  z
    .enum(['totp', 'app', 'passkey', 'wechat', 'sms', 'email', 'recovery-code', 'bypass-code'])
    .meta({ description: 'Authenticator type' });
/** Why nobody gets in to an account: each reason is lifted by whoever may lift it, and leaves the others standing. */
export const suspensions = () =>
  z.array(z.strictObject({ by: z.enum(['relying-party', 'objection', 'restore']), since: instant() })).meta({
    description:
      'Why nobody gets in; empty while the account is active. `relying-party`: `status` was set to suspended, and setting it to active lifts that; `objection` (its owner objected) and `restore` (a restore left it without its method): an operator’s unlock lifts them. Each leaves the others standing',
  });
const output = () =>
  z.string().min(1).max(64).meta({
    description: 'What the person typed. Spaces, dashes and full-width digits are accepted.',
    example: '344 815',
  });
const phase = () => z.enum(['sms-only', 'coexist', 'totp-only']).meta({ description: 'Rollout phase' });

/** The client a person sits at. `version` is what the relying party attests; `declaredVersion` what the program says of itself and can only tighten. */
export const Client = z
  .strictObject({
    id: text(64).meta({ example: 'star-9.5' }),
    version: text(64).optional().meta({ example: '9.5.8.5' }),
    declaredVersion: text(64)
      .optional()
      .meta({ description: 'What the program says of itself: can only tighten, never grant' }),
    deviceId: text(128).optional(),
    name: text(128).optional().meta({ description: 'Name of the phone or computer, for the device list' }),
    ip: z
      .string()
      .max(80)
      .regex(IP)
      .optional()
      .meta({ description: 'The address the person comes from: IPv4 or IPv6, without a port', example: '203.0.113.9' }),
    userAgent: text(512).optional(),
  })
  .meta({ id: 'Client' });

export const StartLogin = z
  .strictObject({
    account: accountName(),
    client: Client,
    firstFactor: z
      .union([z.literal('verified'), z.strictObject({ password: z.string().min(1).max(1024) })])
      .meta({ description: '"verified" when the relying party checked the password itself, or the password to check' }),
    purpose: z.enum(['login']).optional(),
    locale: locale().optional().meta({
      description: 'Language of the codes sent in this login; absent: the account’s',
    }),
  })
  .meta({ id: 'StartLogin' });

export const OfferedAuthenticator = z
  .strictObject({
    id: z.string().meta({ example: 'aut_0f3kq…' }),
    type: typeName(),
    hint: z.string().meta({ description: 'Masked: what the person recognises it by', example: '***5678' }),
    sends: z.boolean().meta({ description: 'True when a code must be sent first (POST …/send)' }),
    retiresAt: instant().optional().meta({ description: 'from when a planned switch takes it out of use at login' }),
  })
  .meta({ id: 'OfferedAuthenticator' });

const help = z
  .strictObject({
    way: z
      .enum(['unbind-after-sms', 'recovery-code', 'contact'])
      .meta({ description: 'The right way out for "can\'t get a code?"' }),
    contact: z.string(),
  })
  .meta({ id: 'Help', description: 'Where "can\'t get a code?" leads in this phase' });

export const TraceStep = z
  .strictObject({
    rule: z.string(),
    matched: z.boolean(),
    conditions: z.array(
      z.strictObject({ condition: z.string(), wanted: z.string(), found: z.string(), held: z.boolean() }),
    ),
  })
  .meta({ id: 'TraceStep' });

/** Where a login's newest approval stands; part of a login. */
export const ApprovalState = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['scan', 'push']),
    status: z.enum(['waiting', 'claimed', 'approved', 'denied', 'expired']),
    by: z.string().optional().meta({ description: 'The phone that has it' }),
    trust: z.boolean().optional().meta({ description: 'Its owner chose to trust this browser' }),
    expiresAt: instant(),
  })
  .meta({ id: 'ApprovalState' });

export const Login = z
  .strictObject({
    id: z.string().meta({ example: 'lgn_0f3kq…' }),
    account: z.string(),
    purpose: z.enum(['login', 'unbind', 'change', 'confirm', 'caller']),
    status: z.enum(['allowed', 'challenge', 'enrol', 'satisfied', 'expired', 'refused']),
    phase: phase(),
    authenticators: z.array(OfferedAuthenticator),
    recovery: z
      .array(typeName())
      .meta({ description: 'Ways out the account holds beside the offered methods; after each of several, the next' }),
    offers: z.array(z.enum(['qr', 'uri'])).meta({ description: 'How this client may show a new binding' }),
    enrol: z.array(typeName()).optional().meta({ description: 'What must be bound when status is enrol' }),
    codeSeconds: z.int().meta({ description: 'How long a code lasts' }),
    help,
    assertion: z.string().optional().meta({ description: 'JWT signed by the tenant, when the login is satisfied' }),
    expiresAt: instant(),
    satisfiedBy: z.array(typeName()).optional(),
    approval: ApprovalState.optional().meta({ description: 'Where the scan or push stands, when there is one' }),
    trace: z.array(TraceStep).optional(),
  })
  .meta({ id: 'Login' });

export const Verify = z
  .strictObject({
    authenticator: text(64).optional(),
    type: typeName().optional(),
    output: output(),
    trust: z
      .boolean()
      .optional()
      .meta({ description: 'Accepted for trusted devices, which no policy of this version has' }),
    assertion: z
      .boolean()
      .optional()
      .meta({ description: 'false: leave the signed assertion out; the reply alone is enough for you' }),
  })
  .meta({ id: 'Verify' });

export const Verified = z
  .strictObject({
    status: z.enum(['satisfied', 'need']),
    assertion: z.string().optional(),
    authenticators: z.array(OfferedAuthenticator).optional(),
    recovery: z.array(typeName()).optional().meta({ description: 'With need: the way of recovery asked for next' }),
    boundDevice: z.boolean().optional().meta({ description: 'True when this login added the device to the account' }),
  })
  .meta({ id: 'Verified' });

export const Send = z.strictObject({ authenticator: text(64).optional() }).meta({ id: 'Send' });
export const Sent = z
  .strictObject({ sentTo: z.string().meta({ example: '***5678' }), expiresAt: instant(), resendAt: instant() })
  .meta({ id: 'Sent' });

const address = () =>
  text(254)
    .regex(/^[^\s@<>",;:\\()[\]]{1,64}@[^\s@<>",;:\\()[\]]{1,190}$/)
    .meta({
      description: 'For email, and only then: the mailbox the first code is mailed to',
      example: 'wei@backup.example',
    });
export const StartLoginBinding = z
  .strictObject({ type: z.enum(['totp', 'email']), label: text(64).optional(), address: address().optional() })
  .meta({ id: 'StartLoginBinding' });
export const StartBinding = z
  .strictObject({
    type: z.enum(['totp', 'email', 'wechat', 'recovery-code']),
    client: Client,
    label: text(64).optional(),
    address: address().optional(),
    replaces: text(64).optional().meta({
      description: 'The one of the same type whose place it takes when it is confirmed; until then that one works',
    }),
    login: text(64).optional().meta({
      description:
        'The satisfied login this request belongs to, made with the same API key: name it always. Without it the newest one of this client counts',
    }),
    proof: text(64).optional().meta({ description: 'A satisfied challenge, where the policy wants one' }),
  })
  .meta({ id: 'StartBinding' });
export const Binding = z
  .strictObject({
    id: z.string().meta({ example: 'aut_0f3kq…' }),
    type: typeName(),
    status: z.enum(['pending', 'active']),
    uri: z.string().optional().meta({ description: 'otpauth:// URI: the activation code to copy' }),
    key: z.string().optional().meta({ description: 'The same secret in Base32, grouped, to type by hand' }),
    qr: z.string().optional().meta({ description: 'The URI as a QR: PNG data URI' }),
    qrSvg: z.string().optional().meta({ description: 'The same QR as SVG markup' }),
    codes: z.array(z.string()).optional().meta({ description: 'Recovery codes, shown this once' }),
    sentTo: z.string().optional().meta({ description: 'Where the first code was sent, masked' }),
    resendAt: instant().optional().meta({ description: 'From then on another start sends another code' }),
    offers: z.array(z.enum(['qr', 'uri'])),
    codeSeconds: z.int(),
    expiresAt: instant().optional(),
    warning: z.string().meta({ description: 'Deleting the entry in the app does not unlink it' }),
  })
  .meta({ id: 'Binding' });
export const ConfirmBinding = z.strictObject({ output: output() }).meta({ id: 'ConfirmBinding' });
export const BindingConfirmed = z
  .strictObject({
    status: z.literal('bound'),
    authenticator: z.strictObject({ id: z.string(), type: typeName(), boundAt: instant() }),
    login: z.strictObject({ status: z.literal('satisfied'), assertion: z.string().optional() }).optional(),
    offerRecoveryCodes: z.boolean(),
    warning: z.string(),
  })
  .meta({ id: 'BindingConfirmed' });

export const BoundAuthenticator = z
  .strictObject({
    id: z.string(),
    type: typeName(),
    hint: z.string(),
    status: z.enum(['active', 'frozen']),
    boundAt: instant(),
    canUnbind: z.enum(['self', 'step-up', 'operator']).meta({ description: 'Who may remove it now' }),
    codesLeft: z.int().optional(),
  })
  .meta({ id: 'BoundAuthenticator' });
export const Account = z
  .strictObject({
    id: z.string(),
    account: z.string(),
    name: z.string().optional(),
    status: z.enum(['active', 'suspended']),
    suspensions: suspensions(),
    phase: phase(),
    cohort: z.string().optional(),
    locale: locale(),
    phoneHint: z.string().optional(),
    emailHint: z.string().optional(),
    authenticators: z.array(BoundAuthenticator),
    mayBind: z.array(typeName()).meta({ description: 'What the account may bind now, given a client that can' }),
    contact: z.string(),
    createdAt: instant(),
  })
  .meta({ id: 'Account' });
export const PutAccount = z
  .strictObject({
    name: text(100).optional(),
    phone: text(32)
      .optional()
      .meta({ description: "E.164 or a national number of the tenant's country", example: '+85291234567' }),
    email: text(254).optional(),
    cohort: text(64).optional(),
    locale: locale().optional(),
    password: z.string().min(1).max(1024).optional(),
    status: z
      .enum(['active', 'suspended'])
      .optional()
      .meta({ description: 'Whether you suspend it. What its owner’s objection suspended stays so whatever you set' }),
  })
  .meta({ id: 'PutAccount' });
export const ImportAccounts = z
  .strictObject({
    accounts: z
      .array(z.looseObject({ account: accountName() }))
      .min(1)
      .max(1000),
  })
  .meta({ id: 'ImportAccounts' });
export const Imported = z
  .strictObject({
    created: z.int(),
    updated: z.int(),
    refused: z.array(z.strictObject({ row: z.int(), account: z.string(), reason: z.string() })),
  })
  .meta({ id: 'Imported' });

export const StartChallenge = z
  .strictObject({
    purpose: z.enum(['unbind', 'change', 'confirm']),
    client: Client,
    authenticator: text(64).optional(),
    data: z.record(text(64), text(512)).optional(),
  })
  .meta({ id: 'StartChallenge' });

export const ClientDevice = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    client: z.string(),
    version: z.string(),
    status: z.enum(['active', 'revoked']),
    firstUsedAt: instant(),
    lastUsedAt: instant(),
  })
  .meta({ id: 'ClientDevice' });
export const page = <T extends z.ZodType>(item: T, id: string) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() }).meta({ id });
export const ClientDevices = page(ClientDevice, 'ClientDevices');
export const Accounts = page(
  z.strictObject({
    id: z.string(),
    account: z.string(),
    name: z.string().optional(),
    status: z.string(),
    cohort: z.string().optional(),
  }),
  'Accounts',
);

export const OperatorAct = z
  .strictObject({
    reason: text(500).meta({ description: "A code of the policy's reasons; from an API key also plain words" }),
    operator: text(100).optional().meta({
      description: 'Who at the relying party does this: wanted from an API key, told by the session at the console',
    }),
    note: text(1000).optional().meta({ description: 'What the reason leaves open' }),
    callerCheck: z
      .strictObject({
        how: z.enum(['push', 'code', 'call-back', 'in-person']),
        challenge: text(64).optional().meta({ description: 'For push and code: the check the customer answered' }),
      })
      .optional()
      .meta({ description: 'How the person who asks was verified' }),
  })
  .meta({ id: 'OperatorAct' });
export const OperatorUnbind = OperatorAct.extend({ authenticator: text(64).optional() }).meta({ id: 'OperatorUnbind' });
export const Unbound = z.strictObject({ removed: z.array(z.string()) }).meta({ id: 'Unbound' });
export const Unlocked = z.strictObject({ unlocked: z.array(z.string()) }).meta({ id: 'Unlocked' });

export const SwitchPhase = z
  .strictObject({
    phase: phase(),
    // In a document a key of that name is nobody's cohort: it would be written and not read.
    cohort: text(64)
      .regex(/^(?!__proto__$)/, 'a name')
      .optional(),
    at: z.iso.datetime({ offset: true }).optional().meta({ description: 'When; with zone, to come. Now if absent' }),
    takeBack: z
      .boolean()
      .optional()
      .meta({ description: 'Take back the switch planned with this phase, cohort and time' }),
    reason: text(500).optional(),
    override: z.boolean().optional(),
  })
  .meta({ id: 'SwitchPhase' });
export const Rollout = z
  .strictObject({
    version: z.int(),
    phase: phase(),
    cohorts: z.record(z.string(), phase()),
    schedule: z.array(z.strictObject({ at: instant(), phase: phase(), cohort: z.string().optional() })),
    accounts: z.int().optional().meta({ description: 'After a switch of a cohort: active accounts in it' }),
  })
  .meta({ id: 'Rollout' });

export const Health = z
  .strictObject({ status: z.enum(['ok', 'failing']), failing: z.array(z.string()) })
  .meta({ id: 'Health' });
export const Jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) }).meta({ id: 'Jwks' });

export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z.array(z.strictObject({ at: z.string(), code: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Act on code, never on text.' });
