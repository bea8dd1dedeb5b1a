// What the server answers the app with, by the contract's own types.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import type { Box } from '../pin/box.ts';
import type { Answer } from '../pin/device.ts';
import type { Kdf } from '../pin/stretch.ts';

/** A registration: by its token, or as typed. */
export type Ticket = { readonly token: string } | { readonly account: string; readonly code: string };

export type TicketView = ReplyOf<'openTicket'>;
export type JoinedView = ReplyOf<'joinPhone'>;
/** A phone that is complete. */
export type CompleteView = ReplyOf<'setPin'>;
export type StatusView = ReplyOf<'getOwnPhone'>;
export type PhoneView = StatusView['phones'][number];

/** Where an account's PIN stands, for a phone that has none: to be given the PIN that is set, or to choose a new one. */
export type SyncView = { readonly salt: string; readonly kdf: Kdf; readonly pinEpoch: number } & (
  | { readonly state: 'set'; readonly nonce: string }
  | { readonly state: 'needs-pin'; readonly box: Box }
);

export type ApprovalView = ReplyOf<'claimScan'>;

export interface AnswerBody {
  readonly answer: Answer;
  readonly number?: string;
  readonly at: string;
  readonly signature: string;
}
