// The parts of the policy document about a tenant's pages, and about browsers it remembers.
import { z } from 'zod';
import { mistake } from './policy-mistakes.ts';

const seconds = (low: number, high: number) => z.int().min(low).max(high);
const colour = () => z.string().regex(/^#[0-9a-fA-F]{6}$/, mistake('colour'));
const words = () =>
  z.union([z.string().min(1), z.strictObject({ 'zh-CN': z.string(), 'zh-HK': z.string(), en: z.string() })]);
/** Secrets travel there: TLS, or this very machine. */
const callback = () =>
  z
    .url()
    .max(500)
    .regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/, mistake('https'));

function isPattern(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`, 'u').source !== '';
  } catch {
    return false;
  }
}

/** `portal`: a tenant's hosted login and settings. */
export const PortalSection = z
  .strictObject({
    client: z
      .string()
      .max(64)
      .meta({ description: 'the registered client the pages are; it may have no minimum version' }),
    sessionIdleSeconds: seconds(60, 86_400).default(1800),
    sessionSeconds: seconds(300, 604_800).default(43_200),
    captcha: z
      .enum(['off', 'always', 'after-failures'])
      .default('after-failures')
      .meta({ description: 'a proof of work before the password is looked at' }),
    password: z
      .enum(['stored', 'external', 'ldap'])
      .default('stored')
      .meta({ description: 'who checks it: we, the relying party by a call, or an LDAP server' }),
    accountPattern: z
      .string()
      .max(200)
      .refine(isPattern, mistake('pattern'))
      .optional()
      .meta({ description: 'what an account looks like; the page says so, nothing is refused by it' }),
    accountLabel: words().optional(),
    logo: z
      .string()
      .max(60_000)
      .regex(/^data:image\/(png|svg\+xml|webp);base64,[A-Za-z0-9+/=]+$/, mistake('picture'))
      .optional(),
    colours: z.strictObject({ accent: colour(), onAccent: colour().default('#FFFFFF') }).optional(),
    forgotPassword: z
      .url()
      .max(500)
      .regex(/^https:\/\//, mistake('https'))
      .optional(),
    external: z
      .strictObject({ url: callback(), timeoutSeconds: seconds(1, 30).default(5) })
      .optional()
      .meta({ description: 'where the relying party checks passwords; see docs/integrate/portal.md' }),
    ldap: z
      .strictObject({
        url: z
          .string()
          .max(300)
          .regex(/^ldaps?:\/\/[^/\s]+$/, mistake('ldap-url')),
        startTls: z.boolean().default(false),
        userDn: z
          .string()
          .max(500)
          .refine((dn) => dn.split('{account}').length === 2, mistake('ldap-account')),
        timeoutSeconds: seconds(1, 30).default(5),
      })
      .refine(
        ({ url, startTls }) =>
          url.startsWith('ldaps://') || startTls || /^ldap:\/\/(localhost|127\.|\[::1\])/.test(url),
        mistake('ldap-tls'),
      )
      .optional(),
  })
  .refine((p) => p.password !== 'external' || p.external !== undefined, mistake('external'))
  .refine((p) => p.password !== 'ldap' || p.ldap !== undefined, mistake('ldap'));

/** `trust`: browsers that are not asked for the second step again. */
export const TrustSection = z
  .strictObject({
    enabled: z.boolean().default(false),
    days: z.int().min(1).max(365).default(30),
    most: z.int().min(1).max(50).default(10).meta({ description: 'of one account; the oldest makes room' }),
    purposes: z
      .array(z.literal('login'))
      .default(['login'])
      .meta({ description: 'never a step-up, a binding or the console' }),
  })
  .prefault({});
