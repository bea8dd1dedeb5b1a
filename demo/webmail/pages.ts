// The webmail's pages: plain HTML, one style sheet, no script.
import type { Letter } from './mailbox.ts';
import { type Locale, WORDS } from './words.ts';

export interface Person {
  readonly account: string;
  readonly name: string | null;
  readonly acr: string;
  readonly amr: readonly string[];
  /** When the person last proved who they are, seconds. */
  readonly authTime: number;
  /** For logging out at the provider. */
  readonly idToken: string;
  /** Opens their mailbox, until then (ms). */
  readonly accessToken: string;
  readonly accessUntil: number;
  forwardTo: string;
}

/** An inbox: read from a mail server, made up where there is none, or not to be had at present. */
export type Inbox =
  | { readonly kind: 'served'; readonly letters: readonly Letter[] }
  | { readonly kind: 'made-up' }
  | { readonly kind: 'unreachable' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function page(locale: Locale, title: string, body: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><link rel="stylesheet" href="/demo/webmail/style.css"></head><body>${body}</body></html>`;
}

/** What a visitor sees. */
export const welcomePage = (locale: Locale): string => {
  const w = WORDS[locale];
  return page(
    locale,
    w.name,
    `<main class="door"><p class="mark" aria-hidden="true">雀</p><h1>${w.welcome}</h1><p>${w.about}</p><p><a class="button" href="/demo/webmail/login">${w.login}</a></p></main>`,
  );
};

const head = (locale: Locale, person: Person): string => {
  const w = WORDS[locale];
  return `<header><strong><span class="mark small" aria-hidden="true">雀</span> ${w.name}</strong><span class="who">${escaped(person.name ?? person.account)}</span><form method="post" action="/demo/webmail/logout"><button>${w.logout}</button></form></header>`;
};

/** The inbox, and what was told of the login. */
export function inboxPage(locale: Locale, person: Person, settingsUrl: string, inbox: Inbox): string {
  const w = WORDS[locale];
  const shown =
    inbox.kind === 'served'
      ? inbox.letters
      : inbox.kind === 'made-up'
        ? w.letters.map((one) => ({ ...one, at: new Date(Date.now() - one.hoursAgo * 3_600_000) }))
        : [];
  const letters = shown
    .map(
      (l) =>
        `<li><span class="from">${escaped(l.from)}</span><span class="subject">${escaped(l.subject)}</span><time class="at" datetime="${l.at.toISOString()}">${when(locale, l.at)}</time></li>`,
    )
    .join('');
  const list =
    inbox.kind === 'unreachable' ? '' : letters === '' ? `<p>${w.empty}</p>` : `<ul class="letters">${letters}</ul>`;
  const about = inbox.kind === 'served' ? w.served : inbox.kind === 'made-up' ? w.madeUp : w.unreachable;
  return page(
    locale,
    `${w.inbox} · ${w.name}`,
    `${head(locale, person)}<div class="columns"><nav><a aria-current="page" href="/demo/webmail/">${w.inbox}</a><a href="/demo/webmail/forwarding">${w.forwarding}</a><a href="${escaped(settingsUrl)}">${w.security}</a></nav><main><h1>${w.inbox}</h1>${list}<p class="about" data-mailbox="${inbox.kind}">${about}</p><dl class="proof"><dt>${w.proven}</dt><dd>${w.levels[person.acr] ?? escaped(person.acr)} <code>${escaped(person.amr.join(' '))}</code></dd><dt>${w.at}</dt><dd>${when(locale, new Date(person.authTime * 1000), true)}</dd></dl></main></div>`,
  );
}

/** Day and time in the tenant's zone; today's letters by their time alone. */
function when(locale: Locale, at: Date, isWhole = false): string {
  const zone = { timeZone: 'Asia/Hong_Kong' } as const;
  const tag = locale === 'en' ? 'en-GB' : locale;
  if (isWhole) return at.toLocaleString(tag, { ...zone, hour12: false });
  const day = (date: Date): string => date.toLocaleDateString(tag, { ...zone, month: 'short', day: 'numeric' });
  return day(at) === day(new Date())
    ? at.toLocaleTimeString(tag, { ...zone, hour: '2-digit', minute: '2-digit', hour12: false })
    : day(at);
}

/** Where mail is forwarded to: shown only after a fresh second step. */
export function forwardingPage(locale: Locale, person: Person, isSaved: boolean): string {
  const w = WORDS[locale];
  return page(
    locale,
    `${w.forwarding} · ${w.name}`,
    `${head(locale, person)}<div class="columns"><main><h1>${w.forwarding}</h1><p>${w.forwardingAbout}</p>${isSaved ? `<p role="status" class="saved">${w.saved}</p>` : ''}<form method="post" action="/demo/webmail/forwarding"><label>${w.forwardTo} <input name="to" type="email" maxlength="100" value="${escaped(person.forwardTo)}"></label> <button>${w.save}</button></form><p><a href="/demo/webmail/">${w.back}</a></p></main></div>`,
  );
}

/** Somebody without a second step wants what needs one. */
export function needPage(locale: Locale, person: Person, settingsUrl: string): string {
  const w = WORDS[locale];
  return page(
    locale,
    `${w.forwarding} · ${w.name}`,
    `${head(locale, person)}<div class="columns"><main><h1>${w.forwarding}</h1><p>${w.need}</p><p><a class="button" href="${escaped(settingsUrl)}">${w.security}</a></p><p><a href="/demo/webmail/">${w.back}</a></p></main></div>`,
  );
}

/** A login that did not complete, with the provider's own word for it. */
export const failedPage = (locale: Locale, code: string): string => {
  const w = WORDS[locale];
  return page(
    locale,
    w.failed,
    `<main class="door"><h1>${w.failed}</h1><p>${w.again} <code>${escaped(code)}</code></p><p><a class="button" href="/demo/webmail/login">${w.login}</a></p></main>`,
  );
};
