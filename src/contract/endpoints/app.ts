// The calls of the app, one row each: opening a ticket and joining are open to whoever holds one, the rest is signed by the phone.
import { z } from 'zod';
import * as a from '../schemas/app.ts';
import { type Endpoint, id } from './endpoint.ts';

const phone = z.strictObject({ phone: id() });
/** What any signed request may be refused with. */
const signed = ['signature-invalid', 'clock-off', 'phone-revoked', 'account-suspended'] as const;
const counted = ['verification-failed', 'throttled', 'frozen'] as const;
const tickets = [
  'ticket-unknown',
  'ticket-expired',
  'ticket-used-up',
  'superseded',
  'account-suspended',
  'throttled',
] as const;

export const APP = {
  openTicket: {
    method: 'POST',
    path: '/v1/app/tickets:open',
    tag: 'App',
    scope: null,
    summary: 'What a registration is for; consumes nothing',
    body: a.OpenTicket,
    replies: { 200: a.Ticket },
    shownOnce: true,
    problems: [...tickets, 'ticket-elsewhere', 'first-factor-failed'],
  },
  joinPhone: {
    method: 'POST',
    path: '/v1/app/phones',
    tag: 'App',
    scope: null,
    summary: 'A phone joins the account of a registration',
    body: a.JoinPhone,
    replies: { 201: a.PhoneJoined },
    shownOnce: true,
    problems: [...tickets, 'ticket-elsewhere', 'first-factor-needed', 'pin-key-unsupported'],
  },
  getOwnPhone: {
    method: 'GET',
    path: '/v1/app/phones/{phone}',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'A phone and its siblings',
    params: phone,
    replies: { 200: a.OwnPhone },
    problems: ['not-found', ...signed],
  },
  setPin: {
    method: 'POST',
    path: '/v1/app/phones/{phone}/pin',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'The first phone sets the PIN and is complete',
    params: phone,
    body: a.SetPin,
    replies: { 200: a.PhoneComplete },
    problems: ['not-found', 'superseded', 'expired', ...counted, ...signed],
  },
  syncPhone: {
    method: 'POST',
    path: '/v1/app/phones/{phone}/sync',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'A further phone shows that it knows the PIN',
    params: phone,
    body: a.SyncPhone,
    replies: { 200: a.PhoneSync },
    shownOnce: true,
    problems: ['not-found', 'superseded', 'expired', 'phone-unsynced', 'pin-key-unsupported', ...counted, ...signed],
  },
  confirmPhone: {
    method: 'POST',
    path: '/v1/app/phones/{phone}/confirm',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'A further phone is complete with its first code',
    params: phone,
    body: a.ConfirmPhone,
    replies: { 200: a.PhoneComplete },
    problems: ['not-found', 'phone-unsynced', 'already-bound', 'superseded', 'expired', ...counted, ...signed],
  },
  changePin: {
    method: 'POST',
    path: '/v1/app/phones/{phone}/pin-change',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'Change the PIN, after a code under the old one',
    params: phone,
    body: a.ChangePin,
    replies: { 200: a.PhoneComplete },
    problems: ['not-found', 'phone-unsynced', ...counted, ...signed],
  },
  removeOwnPhone: {
    method: 'DELETE',
    path: '/v1/app/phones/{phone}',
    tag: 'App',
    who: 'phone',
    scope: null,
    summary: 'Remove this phone, or another of the same account',
    params: phone,
    replies: { 204: null },
    problems: ['not-found', 'phone-unsynced', 'last-authenticator', ...signed],
  },
} as const satisfies Record<string, Endpoint>;
