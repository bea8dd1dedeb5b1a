import { describe, expect, it } from 'vitest';
import { assuranceOf } from './assurance.ts';
import { TYPE_NAMES } from './authenticator/type.ts';

describe('OIDC-06 what is said of a login', () => {
  it('OIDC-06 no type claims that a question was answered, and none is said twice', () => {
    for (const type of TYPE_NAMES) expect(assuranceOf([type]).amr).not.toContain('kba');
    expect(assuranceOf(['recovery-code'])).toEqual({ amr: ['pwd', 'otp', 'mfa'], acr: 'urn:hufu:aal2' });
    expect(assuranceOf(['totp', 'recovery-code']).amr).toEqual(['pwd', 'otp', 'mfa']);
  });

  it('OIDC-06 a mailbox beside a password is no second factor, and nothing beside it is one factor', () => {
    expect(assuranceOf(['email'])).toEqual({ amr: ['pwd', 'email'], acr: 'urn:hufu:email' });
    expect(assuranceOf([])).toEqual({ amr: ['pwd'], acr: 'urn:hufu:aal1' });
    expect(assuranceOf(['email', 'totp']).acr).toBe('urn:hufu:aal2');
  });
});
