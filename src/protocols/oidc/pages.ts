// The provider's own few pages: agreeing to log out, having logged out, and an error that no relying party may be told (RFC 9700 §4.11).
// Plain HTML without style or script; three languages, by what the browser asks for.
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';

const WORDS = {
  'zh-CN': {
    logout: '退出登录',
    sure: '确定要退出登录吗？',
    yes: '退出',
    no: '保持登录',
    out: '已退出登录',
    outText: '您可以关闭此页面。',
    error: '无法继续登录',
    errorText: '请返回您要登录的网站，重新开始。',
  },
  'zh-HK': {
    logout: '登出',
    sure: '確定要登出嗎？',
    yes: '登出',
    no: '保持登入',
    out: '已登出',
    outText: '閣下可關閉此頁面。',
    error: '無法繼續登入',
    errorText: '請返回要登入的網站，重新開始。',
  },
  en: {
    logout: 'Sign out',
    sure: 'Do you want to sign out?',
    yes: 'Sign out',
    no: 'Stay signed in',
    out: 'You are signed out',
    outText: 'You may close this page.',
    error: 'Sign-in cannot continue',
    errorText: 'Go back to the site you came from and start again.',
  },
} as const;

const localeOf = (ctx: KoaContextWithOIDC): keyof typeof WORDS => {
  const asked = ctx.acceptsLanguages(['zh-CN', 'zh-HK', 'zh-TW', 'zh', 'en']);
  if (asked === 'zh-HK' || asked === 'zh-TW') return 'zh-HK';
  return asked === 'zh' || asked === 'zh-CN' ? 'zh-CN' : 'en';
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function page(ctx: KoaContextWithOIDC, title: string, body: string): void {
  ctx.type = 'html';
  ctx.set('content-security-policy', `default-src 'none'; frame-ancestors 'none'; base-uri 'none'`);
  ctx.body = `<!doctype html><html lang="${localeOf(ctx)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

type Logout = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;

/** Asks before logging out: a forged link must not do it alone (OIDC-09). `form` is the provider's, with its own token against forgery. */
export const logoutPage =
  (_issuer: string): NonNullable<Logout['logoutSource']> =>
  (ctx, form) => {
    const words = WORDS[localeOf(ctx)];
    page(
      ctx,
      words.logout,
      `<p>${words.sure}</p>${form}<p><button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">${words.yes}</button> <button type="submit" form="op.logoutForm">${words.no}</button></p>`,
    );
  };

export const loggedOutPage: NonNullable<Logout['postLogoutSuccessSource']> = (ctx) => {
  const words = WORDS[localeOf(ctx)];
  page(ctx, words.out, `<p>${words.outText}</p>`);
};

/** An error told here because the relying party's address cannot be trusted, or is not known. */
export const errorPage: NonNullable<Configuration['renderError']> = (ctx, out) => {
  const words = WORDS[localeOf(ctx)];
  const details = [out.error, out.error_description]
    .filter((text) => text !== undefined)
    .map((text) => escaped(String(text)));
  page(ctx, words.error, `<p>${words.errorText}</p><p><code>${details.join(': ')}</code></p>`);
};
