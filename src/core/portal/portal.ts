// What a tenant's own pages need to know: who they speak for, how long a session lasts, who checks the password, how the tenant looks.
import type { Words } from '../locale.ts';

export interface PortalPolicy {
  /** The registered client the pages are: what may be bound, and what logins there are asked, follows from it. */
  readonly client: string;
  readonly sessionIdleSeconds: number;
  readonly sessionSeconds: number;
  readonly captcha: 'off' | 'always' | 'after-failures';
  /** Who checks the password. */
  readonly password: 'stored' | 'external' | 'ldap';
  readonly accountPattern?: string | undefined;
  readonly accountLabel?: Words | undefined;
  readonly logo?: string | undefined;
  readonly colours?: { readonly accent: string; readonly onAccent: string } | undefined;
  readonly forgotPassword?: string | undefined;
  readonly external?: { readonly url: string; readonly timeoutSeconds: number } | undefined;
  readonly ldap?:
    | {
        readonly url: string;
        readonly startTls: boolean;
        /** Whose name a person binds with; `{account}` is what they typed. */
        readonly userDn: string;
        readonly timeoutSeconds: number;
      }
    | undefined;
}

/** Whether a browser may be remembered, for how long, and how many of an account. */
export interface TrustPolicy {
  readonly enabled: boolean;
  readonly days: number;
  readonly most: number;
  readonly purposes: readonly 'login'[];
}

/** Failures after which `after-failures` wants a captcha. */
export const CAPTCHA_AFTER = 3;
