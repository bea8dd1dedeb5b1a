// Requests and replies about app passwords.
import { z } from 'zod';
import { OperatorAct, text } from '../schemas.ts';

const instant = () => z.string().meta({ format: 'date-time', description: 'RFC 3339 instant with zone' });
const protocol = () => z.enum(['imap', 'pop3', 'smtp']).meta({ description: 'What a mail program does with it' });
const server = z
  .strictObject({
    host: z.string().meta({ example: 'imap.lark.example' }),
    port: z.int().meta({ description: 'TLS from the first byte' }),
    startTls: z.int().optional().meta({ description: 'Port that begins in clear and changes to TLS' }),
  })
  .meta({ id: 'MailServer' });

export const MailSettings = z
  .strictObject({
    address: z.string().meta({ example: 'wei@lark.example' }),
    user: z.string(),
    imap: server.optional(),
    pop3: server.optional(),
    smtp: server.optional(),
  })
  .meta({ id: 'MailSettings', description: 'What a mail program is told besides the password' });

const held = {
  id: z.string().meta({ example: 'apw_0f3kq…' }),
  name: z.string(),
  protocols: z.array(protocol()),
  createdAt: instant(),
  expiresAt: instant().optional(),
};

export const AppPassword = z
  .strictObject({
    ...held,
    status: z.enum(['active', 'expired']),
    lastUsed: z
      .strictObject({ at: instant(), protocol: protocol(), ip: z.string().optional() })
      .optional()
      .meta({ description: 'Noted once a minute at most; absent: never' }),
  })
  .meta({ id: 'AppPassword' });

export const AppPasswords = z
  .strictObject({
    items: z.array(AppPassword),
    enabled: z.boolean(),
    most: z.int(),
    needed: z.boolean().meta({ description: 'True when mail programs can no longer use the main password' }),
    settings: MailSettings,
  })
  .meta({ id: 'AppPasswords' });

export const CreateAppPassword = z
  .strictObject({
    name: text(64).meta({ example: 'Foxmail' }),
    protocols: z.array(protocol()).min(1).max(3).optional().meta({ description: 'Absent: all that the policy allows' }),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    profile: z
      .boolean()
      .optional()
      .meta({ description: 'Also make a one-time link to a profile that sets an iPhone, iPad or Mac up' }),
  })
  .meta({ id: 'CreateAppPassword' });

export const AppPasswordCreated = z
  .strictObject({
    ...held,
    password: z.string().meta({ description: 'Shown this once', example: 'GdGneAF6iFvUg6rB' }),
    grouped: z
      .string()
      .meta({ description: 'The same to read and type; spaces do not count', example: 'GdGn eAF6 iFvU g6rB' }),
    settings: MailSettings,
    profile: z.strictObject({ url: z.string(), expiresAt: instant() }).optional(),
  })
  .meta({ id: 'AppPasswordCreated' });

export const OperatorRevokeAppPasswords = OperatorAct.extend({
  appPassword: text(64).optional().meta({ description: 'Only this one; absent: all' }),
}).meta({ id: 'OperatorRevokeAppPasswords' });

export const AppPasswordsRevoked = z.strictObject({ revoked: z.array(z.string()) }).meta({ id: 'AppPasswordsRevoked' });
