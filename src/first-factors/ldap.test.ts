import { describe, expect, it } from 'vitest';
import { inDn } from './ldap.ts';

describe('MO-5.1 a name inside a distinguished name', () => {
  it('MO-5.1 names of people stay readable; nothing in them can end the name or begin another', () => {
    expect(inDn('wei@lark.example')).toBe('wei@lark.example');
    expect(inDn('何志強')).toBe('何志強');
    expect(inDn('a,dc=x')).toBe('a\\2cdc\\3dx');
    expect(inDn('a+b="c"\\<>;#')).toBe('a\\2bb\\3d\\22c\\22\\5c\\3c\\3e\\3b\\23');
    expect(inDn(' a ')).toBe('\\20a\\20');
    expect(inDn('a\0b')).toBe('a\\00b');
    expect(inDn('😀')).toBe('\\f0\\9f\\98\\80');
  });
});
