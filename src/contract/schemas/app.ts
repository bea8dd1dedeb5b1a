// Requests and replies of the app's own calls, and of what relying parties see of phones and registrations.
import { z } from 'zod';
import { accountName, OperatorAct, text } from '../schemas.ts';

const instant = () => z.string().meta({ format: 'date-time', description: 'RFC 3339 instant with zone' });
const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/);
const output = () => z.string().min(1).max(64).meta({ description: 'A code of this phone', example: '344 815' });
const phoneId = () => z.string().meta({ example: 'phn_0f3kq…' });
const tenant = z.strictObject({ id: z.string(), name: z.string() });
const password = () => z.string().min(1).max(1024).optional();

const scanned = { token: text(64).meta({ description: 'What the QR says after /s/', example: '4T8K2M…' }) };
const typed = {
  tenant: text(64).optional(),
  account: accountName(),
  code: text(32).meta({ description: 'The activation code', example: '7KQ4M-9T2XA' }),
};

export const OpenTicket = z
  .union([
    z.strictObject({ ...scanned, password: password(), for: z.enum(['app', 'wechat']).optional() }),
    z.strictObject({ ...typed, password: password() }),
  ])
  .meta({ id: 'OpenTicket' });
export const Ticket = z
  .strictObject({
    tenant,
    account: z.string(),
    activationCode: z.string().nullable().meta({ description: 'Fills itself in when the QR was scanned' }),
    isFirst: z.boolean().meta({ description: 'True when this phone will set the PIN' }),
    slotsLeft: z.int(),
    expiresAt: instant(),
    needs: z.enum(['first-factor']).nullable().meta({ description: 'first-factor: open it again with the password' }),
    activation: z
      .strictObject({ token: z.string(), expiresAt: instant() })
      .nullable()
      .meta({ description: 'What to join with after the first factor; for one phone' }),
    pin: z.strictObject({ minDigits: z.int(), maxDigits: z.int() }),
  })
  .meta({ id: 'Ticket' });

export const KdfName = z.enum(['argon2id', 'pbkdf2-sha256']);
const kdfs = () =>
  z.array(KdfName).max(2).optional().meta({
    description: 'What this phone can make a key of a PIN with; argon2id when absent, and PBKDF2 always',
  });
const device = {
  name: text(64).meta({ example: 'Pixel 9' }),
  platform: text(64).meta({ example: 'Android 16' }),
  signKey: base64url(200).meta({ description: 'SPKI of an ECDSA P-256 key, base64url' }),
  boxKey: base64url(100).meta({ description: 'Raw point of an ECDH P-256 key, base64url' }),
  kdfs: kdfs(),
};
export const JoinPhone = z
  .union([z.strictObject({ ...scanned, ...device }), z.strictObject({ ...typed, ...device })])
  .meta({ id: 'JoinPhone' });
export const Box = z
  .strictObject({ ephemeralKey: z.string(), iv: z.string(), sealed: z.string() })
  .meta({ id: 'Box', description: "A secret sealed to the phone's own key" });
const kdf = z
  .discriminatedUnion('name', [
    z.strictObject({ name: z.literal('argon2id'), memoryKiB: z.int(), passes: z.int() }),
    z.strictObject({ name: z.literal('pbkdf2-sha256'), iterations: z.int() }),
  ])
  .meta({ id: 'Kdf', description: "How the account's PIN becomes a key; the same for all its phones" });
export const PhoneJoined = z
  .strictObject({
    phone: phoneId(),
    tenant,
    account: z.string(),
    accountId: z.string(),
    role: z.enum(['main', 'sub']),
    salt: z.string(),
    kdf,
    pinEpoch: z.int(),
    pin: z.strictObject({ minDigits: z.int(), maxDigits: z.int() }),
    code: z.strictObject({ digits: z.int(), periodSeconds: z.int() }),
    serverTime: instant(),
    box: Box.nullable().meta({ description: 'Null unless this phone is to choose the PIN' }),
  })
  .meta({ id: 'PhoneJoined' });

const tag = () => base64url(64).meta({ description: 'T, 32 bytes, base64url' });
export const SetPin = z
  .strictObject({ tag: tag(), output: output(), kdf: KdfName.optional().meta({ description: 'What it went through' }) })
  .meta({ id: 'SetPin' });
export const ChangePin = z
  .strictObject({ output: output(), tag: tag(), salt: base64url(32).optional() })
  .meta({ id: 'ChangePin' });
export const ConfirmPhone = z.strictObject({ output: output() }).meta({ id: 'ConfirmPhone' });
export const PhoneComplete = z
  .strictObject({ pinEpoch: z.int(), role: z.enum(['main', 'sub']) })
  .meta({ id: 'PhoneComplete' });
export const SyncPhone = z
  .strictObject({ nonce: base64url(64).optional(), proof: base64url(64).optional(), kdfs: kdfs() })
  .meta({ id: 'SyncPhone', description: 'Without nonce and proof to begin; with both to finish' });
export const PhoneSync = z
  .strictObject({
    state: z.enum(['set', 'needs-pin']).optional(),
    nonce: z.string().optional(),
    salt: z.string().optional(),
    kdf: kdf.optional(),
    pinEpoch: z.int(),
    box: Box.optional(),
  })
  .meta({ id: 'PhoneSync' });

const phone = {
  id: phoneId(),
  name: z.string(),
  platform: z.string(),
  role: z.enum(['main', 'sub']),
  status: z.enum(['active', 'unsynced', 'revoked']),
  joinedAt: instant(),
  completedAt: instant().nullable(),
  lastUsedAt: instant().nullable(),
};
export const Phone = z.strictObject(phone).meta({ id: 'Phone' });
export const OwnPhone = z
  .strictObject({
    ...phone,
    account: z.string(),
    accountId: z.string(),
    tenant,
    pinEpoch: z.int(),
    contact: z.string(),
    serverTime: instant(),
    phones: z.array(z.strictObject({ ...phone, isThis: z.boolean() })),
  })
  .meta({ id: 'OwnPhone' });

export const Phones = z
  .strictObject({
    items: z.array(Phone),
    slots: z.strictObject({ used: z.int(), of: z.int() }),
    ticket: z
      .strictObject({
        id: z.string(),
        status: z.enum(['open', 'expired', 'void', 'used', 'used-up']),
        expiresAt: instant(),
      })
      .nullable()
      .meta({ description: 'The newest registration' }),
  })
  .meta({ id: 'Phones' });

export const StartRegistration = z
  .strictObject({
    client: z.strictObject({ id: text(64), version: text(64).optional() }),
    login: text(64).optional().meta({ description: 'The satisfied login this request belongs to' }),
    proof: text(64).optional().meta({ description: 'A satisfied challenge, where the policy wants one' }),
  })
  .meta({ id: 'StartRegistration' });
export const Registration = z
  .strictObject({
    id: z.string().meta({ example: 'tic_0f3kq…' }),
    url: z.string().meta({ description: 'What the QR says' }),
    qr: z.string().meta({ description: 'The QR: PNG data URI' }),
    qrSvg: z.string(),
    account: z.string(),
    activationCode: z.string().meta({ example: '7KQ4M-9T2XA' }),
    expiresAt: instant(),
    slots: z.strictObject({ used: z.int(), of: z.int() }),
  })
  .meta({ id: 'Registration' });

export const OperatorRegister = OperatorAct.extend({
  mode: z
    .enum(['add', 'replace', 'replace-at-once'])
    .optional()
    .meta({ description: "What happens to the phones before it; the policy's way when absent" }),
  revokePhones: z
    .array(text(64))
    .min(1)
    .max(5)
    .optional()
    .meta({ description: 'Lost or stolen phones, revoked at once' }),
}).meta({ id: 'OperatorRegister' });
export const RegistrationSent = z
  .strictObject({
    id: z.string().meta({ example: 'tic_0f3kq…' }),
    sentTo: z.string().meta({ description: 'Masked', example: 'chan*****@***ple.com' }),
    expiresAt: instant(),
    slots: z.strictObject({ used: z.int(), of: z.int() }),
  })
  .meta({ id: 'RegistrationSent' });
export const ResetPin = OperatorAct.extend({
  kdf: KdfName.optional().meta({
    description: 'What the next PIN goes through: pbkdf2-sha256 for a phone without WebAssembly; as before when absent',
  }),
}).meta({ id: 'ResetPin' });
export const PinReset = z
  .strictObject({ phones: z.int().meta({ description: 'Phones that will ask for the new PIN' }) })
  .meta({ id: 'PinReset' });
export const ChangePerson = OperatorAct.extend({
  name: text(100).optional(),
  email: text(254).optional(),
  phone: text(32).optional(),
}).meta({ id: 'ChangePerson' });
