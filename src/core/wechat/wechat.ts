// What flows need of WeChat: who opened the mini-program, and what is kept of it. An openid says which WeChat account it is, to this mini-program only;
// it is kept sealed, and found again by a keyed hash.

/** Whose mini-program it is. */
export interface WechatPerson {
  readonly kind: 'person';
  readonly appId: string;
  readonly openid: string;
}

/** WeChat's own servers, as far as a person's request needs them. */
export interface WechatDoor {
  readonly appId: string;
  /** The template of the reminder a person may ask for; null where none is set up. */
  readonly template: string | null;
  /** Who got this code from `wx.login` (five minutes, once). `busy`: not now; `refused`: WeChat says no, and will again. */
  personOf(code: string): Promise<WechatPerson | { readonly kind: 'wrong' | 'refused' | 'busy' }>;
}

/** A mini-program that an account is bound to. */
export interface WechatPhone {
  readonly phoneId: string;
  readonly tenantId: string;
  readonly accountId: string;
  /** The canonical name of the account. */
  readonly canonical: string;
  /** Reminders its owner has allowed and that were not sent. */
  readonly reminders: number;
}

export interface WechatStore {
  /** The keyed hash by which a person is found again. */
  tagOf(person: Pick<WechatPerson, 'appId' | 'openid'>): Promise<string>;
  /** The person's complete phones, of any tenant. */
  phonesOf(tag: string): Promise<readonly WechatPhone[]>;
  /** What is kept of a phone; undefined when it is not one of WeChat's. */
  phone(phoneId: string): Promise<(WechatPhone & { readonly tag: string }) | undefined>;
  /** The openid behind a phone not revoked; undefined when there is none. */
  openidOf(phoneId: string): Promise<string | undefined>;
}
