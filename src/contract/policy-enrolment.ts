// The parts of the policy document about our own app: its codes, its PIN, and the tickets that bring phones to an account.
import { z } from 'zod';
import { mistake } from './policy-mistakes.ts';

const seconds = (low: number, high: number) => z.int().min(low).max(high);
const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** The zone of times that people read. */
export const TimeZone = z
  .string()
  .max(64)
  .default('Asia/Hong_Kong')
  .refine(isTimeZone, mistake('time-zone'))
  .meta({ description: 'the zone of times that people read, such as Asia/Hong_Kong' });

/** `app`: the codes. */
export const AppSection = z
  .strictObject({
    digits: z.union([z.literal(6), z.literal(7), z.literal(8)]).default(6),
    periodSeconds: seconds(15, 120).default(60),
    window: z
      .strictObject({ back: z.int().min(0).max(4).default(1), forward: z.int().min(0).max(4).default(0) })
      .prefault({}),
  })
  .prefault({})
  .meta({ description: 'codes of our own app' });

/** `pin`: what a person may choose. */
export const PinSection = z
  .strictObject({
    minDigits: z.int().min(4).max(20).default(6),
    maxDigits: z.int().min(4).max(20).default(20),
    fallback: z
      .boolean()
      .default(true)
      .meta({ description: 'phones without WebAssembly may use PBKDF2 in place of Argon2id' }),
  })
  .refine((pin) => pin.minDigits <= pin.maxDigits, mistake('pin-digits'))
  .prefault({})
  .meta({ description: "the app's PIN" });

/** `enrolment`: tickets. */
export const EnrolmentSection = z
  .strictObject({
    ticketSeconds: seconds(60, 604_800).default(86_400).meta({ description: 'how long a ticket is good' }),
    slots: z.int().min(1).max(5).default(5).meta({ description: 'phones an account may have; 5 at most' }),
    reissue: z.enum(['add', 'replace', 'replace-at-once']).default('add').meta({
      description:
        'what a new ticket does to the phones before it: replaced when its first phone is complete, or at once',
    }),
    firstFactor: z
      .boolean()
      .default(false)
      .meta({ description: 'opening a ticket asks for the password and gives one activation, for one phone' }),
    activationSeconds: seconds(60, 3600).default(600),
    links: z.boolean().default(true).meta({ description: 'registration mails may hold links' }),
    selfService: z.boolean().default(false).meta({ description: 'a logged-in person may ask for a ticket' }),
  })
  .prefault({})
  .meta({ description: 'tickets that bring phones to an account' });
