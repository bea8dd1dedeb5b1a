// A drawing as a file: plain SVG with its own colours, light and dark, that needs no page around it.
import type { ComponentChildren, VNode } from 'preact';
import type { Locale } from '../words/say.ts';
import { Drawing } from './pictures/index.tsx';
import type { PictureName } from './pictures/words.ts';

/** The drawing as an SVG document. `css` is the text of pictures.css; only the rules the drawing uses go in. */
export function pictureText(name: PictureName, locale: Locale, css: string): string {
  const drawn = markup(<Drawing name={name} locale={locale} />);
  const style = stylesFor(drawn, css);
  return `${drawn.replace('<svg ', `<svg xml:lang="${locale}" `).replace('</title>', `</title><style>${style}</style>`)}\n`;
}

/** Markup of components that are plain functions of their props: the drawings use no hooks. */
function markup(node: ComponentChildren): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map((one) => markup(one as ComponentChildren)).join('');
  if (typeof node !== 'object') return escaped(String(node));
  const { type, props } = node as VNode<Record<string, unknown>>;
  if (typeof type === 'function') return markup((type as (props: unknown) => ComponentChildren)(props));
  const { children, ...rest } = props;
  const attributes = Object.entries(rest).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const inner = markup(children);
  return inner === '' ? `<${type}${attributes.join('')}/>` : `<${type}${attributes.join('')}>${inner}</${type}>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Light rules, then dark ones for readers who prefer them; variables are filled in, since not every viewer knows them. */
function stylesFor(drawn: string, css: string): string {
  const colours = new Map(
    [...css.matchAll(/--(pic-\w+):\s*light-dark\((\S+), (\S+)\)/g)].map(([, name, ...two]) => [name, two]),
  );
  const used = new Set([...drawn.matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')));
  const rules = [...css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(
    ([, selectors = '', body = '']) => {
      const kept = selectors
        .split(',')
        .map((one) => one.trim())
        .filter((one) => used.has(one.slice(1)) && one !== '.pic');
      return kept.length === 0 ? [] : [{ selectors: kept.join(','), body: body.replaceAll(/\s+/g, ' ').trim() }];
    },
  );
  const inScheme = (dark: 0 | 1, only: boolean): string =>
    rules
      .filter(({ body }) => !only || body.includes('var('))
      .map(
        ({ selectors, body }) =>
          `${selectors}{${body.replaceAll(/var\(--(pic-\w+)\)/g, (_, name: string) => colours.get(name)?.[dark] ?? '')}}`,
      )
      .join('');
  const font = 'text{font-family:system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}';
  return `${font}${inScheme(0, false)}@media (prefers-color-scheme:dark){${inScheme(1, true)}}`;
}
