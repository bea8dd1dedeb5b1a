// The guides as documents: complete in each language, and each picture drawn with colours of its own.
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../words/say.ts';
import { documents } from './paper.tsx';

const css = '.pic { --pic-back: light-dark(#abc, #123); } .pic-back, .pic-none { fill: var(--pic-back); }';
const files = documents(css);
const guides = ['bind-microsoft-authenticator.md', 'bind-tencent-authenticator.md'];
const picturesIn = (guide: string, locale: string) =>
  [...(files.get(guide) ?? '').matchAll(/!\[([^\]]+)\]\((pictures\/[^)]+)\)/g)].filter(([, , file]) =>
    file?.endsWith(`.${locale}.svg`),
  );

describe('the guides as documents', () => {
  it.each(guides)(
    'ET-3.1 %s shows the same steps in all three languages, every picture with words and a file',
    (guide) => {
      const counts = LOCALES.map((locale) => picturesIn(guide, locale).length);
      expect(counts[0]).toBeGreaterThan(15);
      expect(new Set(counts).size).toBe(1);
      for (const locale of LOCALES) {
        expect(picturesIn(guide, locale).filter(([, , file]) => !files.has(file ?? ''))).toEqual([]);
      }
    },
  );

  it.each(guides)('ES-5.3 %s says in every language that deleting is not unlinking', (guide) => {
    for (const words of ['删除条目不等于解绑', '刪除項目不等於解除綁定', 'Deleting is not unlinking']) {
      expect(files.get(guide)).toContain(words);
    }
  });

  it('ET-3.1 a picture’s file brings its colours, light and dark, and nothing a strict page refuses', () => {
    const picture = files.get('pictures/done.en.svg') ?? '';
    expect(picture).toContain('.pic-back{fill: #abc;}@media (prefers-color-scheme:dark){.pic-back{fill: #123;}}');
    for (const [path, text] of files) {
      if (path.endsWith('.svg')) expect(text).not.toMatch(/var\(|style="|<script|undefined|\[object/);
    }
  });
});
