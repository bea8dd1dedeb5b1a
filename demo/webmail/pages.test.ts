import { describe, expect, it } from 'vitest';
import { type Inbox, inboxPage, type Person } from './pages.ts';
import { type Locale, WORDS } from './words.ts';

const person: Person = {
  account: 'wei@lark.example',
  name: '韦宁',
  acr: 'urn:hufu:aal2',
  amr: ['pwd', 'otp', 'mfa'],
  authTime: 1_795_000_000,
  idToken: '',
  accessToken: '',
  accessUntil: 0,
  forwardTo: '',
};
const shown = (locale: Locale, inbox: Inbox): string => inboxPage(locale, person, '/t/lark/settings', inbox);

describe('the inbox', () => {
  it.each(Object.keys(WORDS) as Locale[])('NF-1 says in %s where its letters are from', (locale) => {
    const w = WORDS[locale];
    const madeUp = shown(locale, { kind: 'made-up' });
    expect(madeUp).toContain(w.madeUp);
    for (const { subject } of w.letters) expect(madeUp).toContain(subject);
    const unreachable = shown(locale, { kind: 'unreachable' });
    expect(unreachable).toContain(w.unreachable);
    for (const { subject } of w.letters) expect(unreachable).not.toContain(subject);
    expect(shown(locale, { kind: 'served', letters: [] })).toContain(w.empty);
  });

  it('WEB-10 shows what a letter says of itself, and runs none of it', () => {
    const letters = [{ from: '<img src=x onerror=alert(1)>', subject: '"><script>x</script>', at: new Date(0) }];
    const page = shown('en', { kind: 'served', letters });
    expect(page).not.toMatch(/<img|<script/);
    expect(page).toContain('&#60;script&#62;');
  });
});
