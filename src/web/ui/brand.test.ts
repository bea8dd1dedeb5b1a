import { describe, expect, it } from 'vitest';
import { accentFrom, contrast } from './brand.ts';

describe('a tenant’s accent', () => {
  it.each(['#0b6e69', '#ffd800', '#ffffff', '#000000', '#c8102e', '#7f7f7f', '#00e5ff'])(
    'NF-2 %s stays readable on light and dark pages, and so does the ink on it',
    (hex) => {
      const accent = accentFrom(hex);
      if (accent === null) throw new Error('not a colour');
      expect(contrast(accent.light, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent.dark, '#161b20')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent.light, accent.onLight)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent.dark, accent.onDark)).toBeGreaterThanOrEqual(4.5);
    },
  );
  it('NF-2 what is no colour changes nothing', () => {
    for (const text of ['red', '#fff', 'url(https://evil.example/x)', '']) expect(accentFrom(text)).toBeNull();
  });
});
