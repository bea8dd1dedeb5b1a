import { describe, expect, it } from 'vitest';
import { browserName } from './browser.ts';
import { canonicalText, type Shown, signedText } from './canonical.ts';

const shown: Shown = {
  id: 'apv_1',
  kind: 'scan',
  purpose: 'login',
  tenant: { id: 'lark', name: '云雀邮箱' },
  account: 'wei@lark.example',
  client: '网页邮箱',
  browser: 'Chrome 147 · Windows',
  ip: '203.0.113.7',
  place: '香港',
  at: '2026-11-20T01:00:00.000Z',
  expiresAt: '2026-11-20T01:10:00.000Z',
  needsNumber: false,
  mayTrust: true,
};

describe('the text a phone signs', () => {
  it('CM-3.2 holds everything its sheet shows, who signs and what it decides', () => {
    expect(canonicalText(shown, 'phn_1', 'lgn_1')).toBe(
      [
        'hufu/approval/v1',
        'approval: apv_1',
        'kind: scan',
        'challenge: lgn_1',
        'phone: phn_1',
        'purpose: login',
        'tenant: lark 云雀邮箱',
        'account: wei@lark.example',
        'client: 网页邮箱',
        'browser: Chrome 147 · Windows',
        'ip: 203.0.113.7',
        'place: 香港',
        'at: 2026-11-20T01:00:00.000Z',
        'expires: 2026-11-20T01:10:00.000Z',
        'number: none',
        'trust: possible',
      ].join('\n'),
    );
    expect(signedText('text', 'approve', undefined)).toBe('text\napprove\n');
    expect(signedText('text', 'approve-trust', '47')).toBe('text\napprove-trust\n47');
  });

  it('CM-3.2 cannot be given another line by a value that holds a line break', () => {
    const text = canonicalText({ ...shown, browser: 'x\r\ntrust: none\u2028account: other' }, 'phn_1', 'lgn_1');
    expect(text.split('\n')).toHaveLength(16);
    expect(text).toContain('browser: x  trust: none account: other\n');
  });
});

describe('a browser’s name', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
      'Chrome 147 · Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36 Edg/147.0.1.1',
      'Edge 147 · Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1',
      'Safari 18 · iPhone',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140 · Linux'],
    [
      'Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/120.0 Mobile MicroMessenger/8.0.50',
      'WeChat 8 · Android',
    ],
    ['Polestar/9.5.8.5', 'Polestar/9.5.8.5'],
  ])('CM-3.2 is one a person knows: %s', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
  it('CM-3.2 is nothing where nothing is known', () => expect(browserName(null)).toBe(''));
});
