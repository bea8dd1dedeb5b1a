// What can go wrong in a call: the API refused (HufuProblem, RFC 9457) or could not be reached (HufuUnreachable).
// A relying party acts on `code`, never on text. Either way nobody was let in.

/** Every refusal of the API. Codes are permanent; a newer server may add one, so keep a default branch. */
export type ProblemCode =
  | 'malformed-request'
  | 'invalid-request'
  | 'unauthenticated'
  | 'missing-scope'
  | 'not-found'
  | 'method-not-allowed'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'too-many-requests'
  | 'idempotency-key-reused'
  | 'request-in-progress'
  | 'shown-once'
  | 'account-unknown'
  | 'account-suspended'
  | 'first-factor-failed'
  | 'first-factor-not-accepted'
  | 'client-unknown'
  | 'client-mismatch'
  | 'version-malformed'
  | 'client-too-old'
  | 'bind-elsewhere'
  | 'no-method'
  | 'device-revoked'
  | 'device-required'
  | 'ticket-elsewhere'
  | 'wechat-off'
  | 'wechat-login-failed'
  | 'wechat-refused'
  | 'wechat-busy'
  | 'frozen'
  | 'verification-failed'
  | 'throttled'
  | 'too-many-waiting'
  | 'method-not-offered'
  | 'expired'
  | 'closed'
  | 'resend-too-soon'
  | 'not-sendable'
  | 'sending-paused'
  | 'channel-missing'
  | 'binding-not-allowed'
  | 'mailbox-protected'
  | 'login-required'
  | 'already-bound'
  | 'superseded'
  | 'proof-required'
  | 'cooling-off'
  | 'unbind-by-operator'
  | 'last-authenticator'
  | 'ticket-unknown'
  | 'ticket-expired'
  | 'ticket-used-up'
  | 'first-factor-needed'
  | 'signature-invalid'
  | 'clock-off'
  | 'phone-revoked'
  | 'phone-unsynced'
  | 'pin-key-unsupported'
  | 'no-mail-address'
  | 'policy-invalid'
  | 'policy-changed'
  | 'nothing-to-do'
  | 'switch-refused'
  | 'in-the-past'
  | 'cutover-running'
  | 'cutover-state'
  | 'cutover-checks'
  | 'cohort-busy'
  | 'app-passwords-off'
  | 'too-many-app-passwords'
  | 'portal-off'
  | 'not-permitted'
  | 'passkey-refused'
  | 'link-unknown'
  | 'own-roles'
  | 'operator-exists'
  | 'operator-elsewhere'
  | 'scope-beyond'
  | 'cross-site'
  | 'signed-out'
  | 'another-account'
  | 'captcha-failed'
  | 'approval-unknown'
  | 'push-paused'
  | 'trust-off'
  | 'too-many-trusted'
  | 'reason-unknown'
  | 'caller-check-required'
  | 'caller-check-failed'
  | 'too-many-actions'
  | 'own-case'
  | 'case-changed'
  | 'situation-changed'
  | 'objection-unknown'
  | 'conflict'
  | 'unavailable'
  | 'internal';

/** A refusal. `members` holds what this code brings beside the standard members: attemptsLeft, required, contact … */
export class HufuProblem extends Error {
  override readonly name = 'HufuProblem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  /** For people, in the language asked for. */
  readonly detail: string;
  /** Seconds to wait before another try, when the server says so. */
  readonly retryAfter: number | undefined;
  /** The request's id: what support needs to find it in the logs. */
  readonly instance: string | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, retryAfter?: number) {
    const { code, title, detail, instance, type: _type, status: _status, ...members } = body;
    super(`${text(code) ?? 'problem'}: ${text(detail) ?? text(title) ?? `HTTP ${status}`}`);
    this.code = (text(code) ?? 'internal') as ProblemCode;
    this.status = status;
    this.title = text(title) ?? this.code;
    this.detail = text(detail) ?? '';
    this.instance = text(instance);
    this.retryAfter = typeof members['retryAfter'] === 'number' ? members['retryAfter'] : retryAfter;
    this.members = members;
  }
}

/** No usable answer after all tries: no connection, a time-out, or something that is not Hufu in between. */
export class HufuUnreachable extends Error {
  override readonly name = 'HufuUnreachable';
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
