// The port of a sender. It is called by the outbox job, never by a flow: a slow provider holds nobody up.

export interface Outgoing {
  readonly id: string;
  readonly tenantId: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
}

export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly error: string }
  | { readonly kind: 'failed'; readonly error: string };

/** Sends one message. `id` is the provider's idempotency key: the same message twice is one message. Never throws with the text in the error. */
export type Channel = (message: Outgoing) => Promise<Delivery>;
