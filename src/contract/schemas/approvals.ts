// Requests and replies of approvals: what a page shows, what a phone is shown and answers.
import { z } from 'zod';
import { instant, text } from '../schemas.ts';

const token = () => z.string().min(20).max(40).meta({ description: 'What the QR holds after /s/' });

export const Scan = z
  .strictObject({
    id: z.string().meta({ example: 'apv_0f3kq…' }),
    url: z.string().meta({ description: 'What the QR says, for a phone that shows the page itself' }),
    qr: z.string().meta({ description: 'The QR: PNG data URI' }),
    qrSvg: z.string().meta({ description: 'The same QR as SVG markup' }),
    refreshAt: instant().meta({ description: 'From then on show another' }),
    expiresAt: instant(),
  })
  .meta({ id: 'Scan' });

export const StartPush = z
  .strictObject({ authenticator: text(64).optional().meta({ description: 'One phone; absent: all of them' }) })
  .meta({ id: 'StartPush' });
export const Push = z
  .strictObject({
    id: z.string(),
    number: z.string().meta({ description: 'Show it: it must be typed on the phone', example: '47' }),
    sentTo: z.array(z.string()).meta({ description: 'Names of the phones that are asked', example: ['iPhone'] }),
    expiresAt: instant(),
  })
  .meta({ id: 'Push' });

export const LookAtScan = z.strictObject({ token: token() }).meta({ id: 'LookAtScan' });
export const ScanSeen = z
  .strictObject({
    phones: z.array(z.string()).meta({
      description:
        'Phones that may claim it, each as base64url(SHA-256("hufu/look/v1\\n" + H + "\\n" + phone id)), H = base64url(SHA-256("hufu/scan/v1\\0" + token))',
    }),
  })
  .meta({ id: 'ScanSeen' });
export const ClaimScan = z.strictObject({ token: token() }).meta({ id: 'ClaimScan' });

export const Approval = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['scan', 'push']),
    purpose: z.string().meta({ description: 'login, or the change that is asked for: unbind, unbind-email, change' }),
    tenant: z.strictObject({ id: z.string(), name: z.string() }),
    account: z.string(),
    client: z.string(),
    browser: z.string(),
    ip: z.string(),
    place: z.string().nullable().meta({ description: 'Null where nobody knows one' }),
    at: instant(),
    expiresAt: instant(),
    needsNumber: z.boolean(),
    mayTrust: z.boolean(),
    canonical: z.string().meta({ description: 'The text to sign' }),
  })
  .meta({ id: 'Approval' });
export const Approvals = z.strictObject({ items: z.array(Approval) }).meta({ id: 'Approvals' });

export const AnswerApproval = z
  .strictObject({
    answer: z.enum(['approve', 'approve-trust', 'deny']),
    number: z
      .string()
      .max(20)
      .optional()
      .meta({ description: 'What the page shows, where needsNumber', example: '47' }),
    at: z.string().max(40).optional().meta({ description: 'When it was answered, by the phone; not relied on' }),
    signature: z
      .string()
      .regex(/^(?:[\w-]{86}|[\w-]{43})$/)
      .meta({
        description:
          'ECDSA P-256 (raw r‖s), from WeChat HMAC-SHA-256, base64url, over canonical + "\\n" + answer + "\\n" + (number or nothing)',
      }),
  })
  .meta({ id: 'AnswerApproval' });
export const ApprovalAnswered = z
  .strictObject({ status: z.enum(['approved', 'denied']) })
  .meta({ id: 'ApprovalAnswered' });

export const PushKey = z
  .strictObject({ key: z.string().meta({ description: 'applicationServerKey of PushManager.subscribe, base64url' }) })
  .meta({ id: 'PushKey' });
export const SubscribePhone = z
  .strictObject({
    endpoint: z.url().max(1000),
    p256dh: z.string().regex(/^[\w-]{87}$/),
    auth: z.string().regex(/^[\w-]{22}$/),
  })
  .meta({ id: 'SubscribePhone', description: 'What PushSubscription.getKey gives, base64url' });
