// The part of the policy document about app passwords and mail doors.
import { z } from 'zod';
import { mistake } from './policy-mistakes.ts';

const protocol = () => z.enum(['imap', 'pop3', 'smtp']);
const host = () =>
  z
    .string()
    .max(253)
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, mistake('host-name'));
const port = () => z.int().min(1).max(65_535);
const server = () =>
  z.strictObject({
    host: host(),
    port: port().meta({ description: 'TLS from the first byte' }),
    startTls: port().optional().meta({ description: 'begins in clear and must change to TLS' }),
  });
const backend = () =>
  z.strictObject({
    host: z.string().regex(/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]+)$/i, mistake('address')),
    port: port(),
  });

/** `appPasswords`: what mail programs log in with, and where mail is. */
export const AppPasswordsSection = z
  .strictObject({
    enabled: z.boolean().default(true),
    protocols: z
      .array(protocol())
      .min(1)
      .default(['imap', 'pop3', 'smtp'])
      .meta({ description: 'what one may be made for' }),
    most: z.int().min(1).max(100).default(20).meta({ description: 'how many an account may have at once' }),
    expiresDays: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .meta({ description: 'longest life; absent: until they are revoked' }),
    endWith: z
      .array(z.enum(['suspended', 'last-method', 'any-method', 'password', 'secured']))
      .default(['suspended', 'last-method'])
      .meta({ description: 'what ends all of an account besides its owner' }),
    mainPassword: z
      .enum(['until-bound', 'never'])
      .default('until-bound')
      .meta({ description: 'until when mail programs may use the main password' }),
    domains: z
      .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, mistake('mail-domain')))
      .default([])
      .meta({ description: 'the mail domains of the tenant' }),
    userName: z
      .enum(['address', 'local-part'])
      .default('address')
      .meta({ description: 'what mail programs log in with: the whole address, or what is before the @' }),
    where: z
      .strictObject({ 'zh-CN': z.string().min(1), 'zh-HK': z.string().min(1), en: z.string().regex(/^[ -~]{1,60}$/) })
      .default({
        'zh-CN': '设置 > 安全 > 客户端登录',
        'zh-HK': '設定 > 安全 > 客戶端登入',
        en: 'Settings > Security > Client logins',
      })
      .meta({
        description: 'where people find their app passwords; the English one is told by mail servers, in ASCII',
      }),
    settings: z
      .strictObject({ imap: server().optional(), pop3: server().optional(), smtp: server().optional() })
      .default({})
      .meta({ description: 'where mail is, as mail programs are told' }),
    backends: z
      .strictObject({ imap: backend().optional(), pop3: backend().optional(), smtp: backend().optional() })
      .default({})
      .meta({ description: 'where a mail proxy passes connections on to' }),
  })
  .prefault({ enabled: false })
  .meta({ id: 'AppPasswords' });
