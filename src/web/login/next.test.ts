import { describe, expect, it } from 'vitest';
import { nextOf } from './next.ts';

describe('where a finished login leads', () => {
  it.each([
    ['', '/t/mail/settings'],
    ['#to=app-passwords', '/t/mail/settings#/app-passwords'],
    ['#oidc=V1StGXR8_Z5jdHi6B-myT', '/oidc/mail/interaction/V1StGXR8_Z5jdHi6B-myT/done'],
    ['#oidc=..%2F..%2Fevil', '/t/mail/settings'],
    ['#to=//evil.example', '/t/mail/settings'],
    ['#to=https%3A%2F%2Fevil.example', '/t/mail/settings'],
    ['#returnTo=https://evil.example', '/t/mail/settings'],
  ])('WEB-04 %j leads to %j, never to another origin', (hash, href) => expect(nextOf('mail', hash).href).toBe(href));
  it('IN-1.2 knows when a relying party wants a fresh proof', () => {
    expect(nextOf('mail', '#oidc=V1StGXR8_Z5jdHi6B-myT&again').again).toBe(true);
    expect(nextOf('mail', '#oidc=V1StGXR8_Z5jdHi6B-myT').again).toBe(false);
  });
});
