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
    stayed: '您仍处于登录状态',
    close: '您可以关闭此页面。',
    error: '无法继续登录',
    errorText: '请返回您要登录的网站，重新开始。',
    logoutError: '无法退出登录',
    logoutErrorText: '您可能仍处于登录状态。请返回原网站重试，或在安全设置中退出登录。',
  },
  'zh-HK': {
    logout: '登出',
    sure: '確定要登出嗎？',
    yes: '登出',
    no: '保持登入',
    out: '已登出',
    stayed: '閣下仍在登入狀態',
    close: '閣下可關閉此頁面。',
    error: '無法繼續登入',
    errorText: '請返回要登入的網站，重新開始。',
    logoutError: '無法登出',
    logoutErrorText: '閣下可能仍在登入狀態。請返回原網站再試，或於保安設定中登出。',
  },
  en: {
    logout: 'Sign out',
    sure: 'Do you want to sign out?',
    yes: 'Sign out',
    no: 'Stay signed in',
    out: 'You are signed out',
    stayed: 'You are still signed in',
    close: 'You may close this page.',
    error: 'Sign-in cannot continue',
    errorText: 'Go back to the site you came from and start again.',
    logoutError: 'Signing out did not work',
    logoutErrorText:
      'You may still be signed in. Go back to the site you came from and try again, or sign out in the security settings.',
  },
} as const;

const localeOf = (ctx: KoaContextWithOIDC): keyof typeof WORDS => {
  const asked = ctx.acceptsLanguages(['zh-CN', 'zh-HK', 'zh-TW', 'zh', 'en']);
  if (asked === 'zh-HK' || asked === 'zh-TW') return 'zh-HK';
  return asked === 'zh' || asked === 'zh-CN' ? 'zh-CN' : 'en';
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** No `form-action`: browsers hold it against every hop after a form, and where a relying party sends people on is its own matter. */
function page(ctx: KoaContextWithOIDC, title: string, body: string): void {
  ctx.type = 'html';
  ctx.set('content-security-policy', `default-src 'none'; frame-ancestors 'none'; base-uri 'none'`);
  ctx.body = `<!doctype html><html lang="${localeOf(ctx)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}

/** Asks before logging out: a forged link must not do it alone (OIDC-09). `form` holds the token against forgery, and submits nothing by itself. */
export function askLogout(ctx: KoaContextWithOIDC, form: string): void {
  const words = WORDS[localeOf(ctx)];
  page(
    ctx,
    words.logout,
    `<p>${words.sure}</p>${form}<p><button autofocus type="submit" form="op.logoutForm" value="yes" name="logout">${words.yes}</button> <button type="submit" form="op.logoutForm">${words.no}</button></p>`,
  );
}

/** Where a logout ends that names no other place. `isIn`: the person chose to stay. */
export function afterLogout(ctx: KoaContextWithOIDC, isIn: boolean): void {
  const words = WORDS[localeOf(ctx)];
  page(ctx, isIn ? words.stayed : words.out, `<p>${words.close}</p>`);
}

/** An error told here because the relying party's address cannot be trusted, or is not known. */
export const errorPage: NonNullable<Configuration['renderError']> = (ctx, out) => {
  const words = WORDS[localeOf(ctx)];
  const details = [out.error, out.error_description]
    .filter((text) => text !== undefined)
    .map((text) => escaped(String(text)));
  const isLogout = (ctx.oidc as KoaContextWithOIDC['oidc'] | undefined)?.route?.startsWith('end_session') === true;
  const [title, text] = isLogout ? [words.logoutError, words.logoutErrorText] : [words.error, words.errorText];
  page(ctx, title, `<p>${text}</p><p><code>${details.join(': ')}</code></p>`);
};
