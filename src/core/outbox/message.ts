// A message waiting to be sent. Sent once, retried, never held up by the sender's slowness; its text is sealed until then and wiped after.

export interface Message {
  readonly id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly channel: 'sms' | 'email';
  readonly to: string;
  readonly text: string;
  /** What it is for: codes count against limits, notices do not. */
  readonly purpose: 'code' | 'notice';
  readonly expiresAt: number;
}
