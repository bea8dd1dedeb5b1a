// Requests and replies of people's own pages: hosted login and settings.
import { z } from 'zod';
import { LOCALES } from '../problems.ts';
import {
  accountName,
  Binding,
  instant,
  Login,
  locale,
  OfferedAuthenticator,
  page,
  text,
  typeName,
} from '../schemas.ts';

export const PortalTenant = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    locale: locale(),
    logo: z.string().optional().meta({ description: 'a data: URL' }),
    colours: z.strictObject({ accent: z.string(), onAccent: z.string() }).optional(),
    contact: z.string(),
    account: z.strictObject({
      label: z.string().optional(),
      pattern: z.string().optional().meta({ description: 'what an account looks like, for the page to say' }),
      inputMode: z.enum(['text', 'numeric', 'email']),
    }),
    captcha: z.boolean().meta({ description: 'a solved captcha goes with every password' }),
    methods: z.array(typeName()).meta({ description: 'what may be bound on these pages' }),
    trustDays: z.int().optional().meta({ description: 'how long a browser may be trusted; absent where none is' }),
    forgotPassword: z.string().optional(),
  })
  .meta({ id: 'PortalTenant' });

export const Captcha = z
  .strictObject({
    algorithm: z.literal('SHA-256'),
    challenge: z.string(),
    salt: z.string(),
    signature: z.string(),
    maxnumber: z.int(),
  })
  .meta({ id: 'Captcha', description: 'An ALTCHA challenge (v1)' });

const TrustProof = z
  .strictObject({
    id: text(64),
    token: text(64),
    nonce: text(128),
    signature: text(128).meta({
      description:
        'ECDSA P-256 with SHA-256, r and s as 64 bytes in base64url, over "hufu/trust/v1\n" + nonce + "\n" + account',
    }),
  })
  .meta({ id: 'TrustProof', description: 'What shows that this browser is trusted' });

const slots = () => z.strictObject({ used: z.int(), of: z.int() });
export const MyEnrolment = z
  .strictObject({
    id: z.string(),
    url: z.string().meta({ description: 'What the QR says' }),
    qr: z.string().meta({ description: 'The QR as SVG markup' }),
    qrPng: z.string().meta({ description: 'The same as a PNG data: URL' }),
    account: z.string(),
    activationCode: z.string(),
    expiresAt: instant(),
    slots: slots(),
  })
  .meta({ id: 'MyEnrolment' });
export const MyEnrolmentState = z
  .strictObject({
    status: z.enum(['open', 'used-up', 'expired', 'void', 'none']),
    slots: slots(),
    expiresAt: instant().optional(),
  })
  .meta({ id: 'MyEnrolmentState' });
export const MyPhones = page(
  z
    .strictObject({
      id: z.string(),
      name: z.string(),
      role: z.enum(['main', 'sub']),
      status: z.enum(['active', 'unsynced', 'revoked']),
      since: instant(),
      lastUsedAt: instant().nullable(),
    })
    .meta({ id: 'MyPhone' }),
  'MyPhones',
);

export const LoginNonce = z.strictObject({ nonce: z.string() }).meta({ id: 'LoginNonce' });

const trusted = {
  id: z.string(),
  token: z.string().meta({ description: 'good for one login; its answer brings the next' }),
  expiresAt: instant(),
};
export const TrustBrowser = z
  .strictObject({
    key: text(200).meta({ description: 'SPKI of an ECDSA P-256 key of the browser, base64url' }),
    name: text(100),
    replaces: text(64).optional().meta({ description: 'the device that makes room' }),
  })
  .meta({ id: 'TrustBrowser' });
export const Trusted = z.strictObject(trusted).meta({ id: 'Trusted' });
export const TrustedDevices = page(
  z
    .strictObject({
      id: z.string(),
      name: z.string(),
      since: instant(),
      lastUsedAt: instant(),
      expiresAt: instant(),
      isThis: z.boolean(),
    })
    .meta({ id: 'TrustedDevice' }),
  'TrustedDevices',
);

/** An open login on a page; `trusted` when the browser was known again. */
export const PortalLogin = Login.extend({ trusted: z.strictObject(trusted).optional() }).meta({ id: 'PortalLogin' });

export const StartPortalLogin = z
  .strictObject({
    account: accountName(),
    password: z.string().min(1).max(1024),
    captcha: z.string().max(2000).optional().meta({ description: 'the solved challenge: base64 of JSON' }),
    trust: TrustProof.optional(),
  })
  .meta({ id: 'StartPortalLogin' });

const bytes = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/);
/** What is read of AuthenticationResponseJSON or RegistrationResponseJSON (WebAuthn Level 3 §5.1.8). */
export const PasskeyResponse = z
  .strictObject({
    id: bytes(1400),
    response: z.strictObject({
      clientDataJSON: bytes(4000),
      authenticatorData: bytes(4000).optional(),
      signature: bytes(4000).optional(),
      userHandle: bytes(200).optional(),
      attestationObject: bytes(16_000).optional(),
      transports: z.array(text(32)).max(10).optional(),
    }),
  })
  .meta({ id: 'PasskeyResponse' });

export const PortalVerify = z
  .strictObject({
    authenticator: text(64).optional(),
    type: typeName().optional(),
    output: z.string().min(1).max(64).optional(),
    passkey: PasskeyResponse.optional(),
  })
  .meta({ id: 'PortalVerify', description: 'output, what was typed; or passkey, what the browser answered' });

export const PortalBinding = Binding.extend({
  passkey: z.looseObject({}).optional().meta({ description: 'PublicKeyCredentialCreationOptionsJSON' }),
}).meta({ id: 'PortalBinding' });

export const PortalConfirm = z
  .strictObject({ output: z.string().min(1).max(64).optional(), passkey: PasskeyResponse.optional() })
  .meta({ id: 'PortalConfirm' });

export const PasskeyPrompt = z
  .strictObject({ passkey: z.looseObject({}).meta({ description: 'PublicKeyCredentialRequestOptionsJSON' }) })
  .meta({ id: 'PasskeyPrompt' });

export const PortalVerified = z
  .strictObject({
    status: z.enum(['satisfied', 'need']),
    authenticators: z.array(OfferedAuthenticator).optional(),
    mayTrust: z.boolean().optional().meta({ description: 'this browser may now be trusted' }),
    trust: z
      .boolean()
      .optional()
      .meta({ description: 'its owner said on the phone that it is to be trusted: trust it without asking' }),
  })
  .meta({ id: 'PortalVerified' });

export const PortalBound = z
  .strictObject({
    status: z.literal('bound'),
    authenticator: z.strictObject({ id: z.string(), type: typeName(), boundAt: instant() }),
    login: z.strictObject({ status: z.literal('satisfied') }).optional(),
    offerRecoveryCodes: z.boolean(),
    warning: z.string(),
  })
  .meta({ id: 'PortalBound' });

export const Empty = z.strictObject({}).meta({ id: 'Empty' });

export const Me = z
  .strictObject({
    account: z.string(),
    name: z.string().optional(),
    tenant: z.string(),
    locale: z.enum(LOCALES),
    session: z.strictObject({
      amr: z.array(z.string()).meta({ description: 'RFC 8176' }),
      acr: z.string(),
      at: instant().meta({ description: 'when its person last proved who they are' }),
      expiresAt: instant(),
      trusted: z.boolean().meta({ description: 'a trusted browser stood in for the second step' }),
    }),
    phase: z.enum(['sms-only', 'coexist', 'totp-only']),
    bound: z.array(typeName()),
  })
  .meta({ id: 'Me' });

export const StartStepUp = z
  .strictObject({
    purpose: z.enum(['unbind', 'change', 'confirm']),
    authenticator: text(64).optional().meta({
      description: 'the method it is about: offered first, named on a phone that is asked, and proof for no other',
    }),
  })
  .meta({ id: 'StartStepUp' });

export const StartMyBinding = z
  .strictObject({
    type: typeName(),
    label: text(64).optional(),
    address: text(254).optional().meta({ description: 'for a backup mailbox' }),
    replaces: text(64)
      .optional()
      .meta({ description: 'the one of the same type whose place it takes when it is confirmed' }),
  })
  .meta({ id: 'StartMyBinding' });

export const MyMethods = page(
  z
    .strictObject({
      type: typeName(),
      state: z.enum(['bound', 'unbound', 'locked']),
      items: z.array(z.strictObject({ id: z.string(), hint: z.string(), since: instant() })),
      actions: z.array(z.enum(['bind', 'change', 'unbind', 'renew'])),
      reason: z.string().optional().meta({ description: 'why an action is not there, in words' }),
      codesLeft: z.int().optional(),
      codesOf: z.int().optional(),
      lastUsedAt: instant().optional().meta({ description: 'when it last completed a login or another question' }),
      slots: slots().optional().meta({ description: 'phones that hold the account, of how many; with our app' }),
      retiresAt: instant().optional().meta({ description: 'from when a planned switch takes it out of use at login' }),
      endsAppPasswords: z.int().optional().meta({ description: 'how many app passwords end when it is removed' }),
      isOffered: z
        .literal(true)
        .optional()
        .meta({ description: 'whoever has just bound another method is asked whether to make these too' }),
    })
    .meta({ id: 'MyMethod' }),
  'MyMethods',
);

export const Activities = page(
  z
    .strictObject({
      id: z.string(),
      at: instant(),
      event: z.string().meta({ description: 'the name of an audit event, or what came of a login' }),
      outcome: z.enum(['ok', 'failed', 'refused']),
      type: z.string().optional(),
      client: z.string().optional().meta({ description: 'the name of the registered client' }),
      ip: z.string().optional(),
    })
    .meta({ id: 'MyActivity' }),
  'MyActivities',
);
