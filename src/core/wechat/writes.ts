// The guarded writes of mini-programs: each names what it assumes.

export type WechatWrite =
  /** Notes whose mini-program a phone is. */
  | {
      readonly op: 'put-wechat';
      readonly tenantId: string;
      readonly accountId: string;
      readonly phoneId: string;
      readonly appId: string;
      readonly tag: string;
      readonly openid: string;
    }
  /** Voids the account's open tickets for a mini-program. */
  | { readonly op: 'void-wechat-tickets'; readonly accountId: string }
  /** Spends the ticket a mini-program came with, once, while it lasts. */
  | { readonly op: 'use-wechat-ticket'; readonly accountId: string; readonly phoneId: string }
  /** Revokes the account's mini-programs but one; all of them when it is null. */
  | { readonly op: 'retire-wechat'; readonly accountId: string; readonly except: string | null }
  /** Gives an authenticator in force another secret: the one before is worthless from then on. Assumes that the phone is in force. */
  | {
      readonly op: 'renew-key';
      readonly tenantId: string;
      readonly accountId: string;
      readonly id: string;
      readonly phoneId: string;
      readonly params: string;
      readonly secret: Uint8Array;
    }
  /** One more reminder is allowed; assumes how many there were. */
  | { readonly op: 'allow-reminder'; readonly accountId: string; readonly phoneId: string; readonly from: number }
  /** Uses up a reminder; assumes how many there were. */
  | { readonly op: 'use-reminder'; readonly accountId: string; readonly phoneId: string; readonly from: number };
