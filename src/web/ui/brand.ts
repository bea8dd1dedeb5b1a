// A tenant's accent on our pages. A colour that would not be readable is moved toward black or white until it is (WCAG 1.4.3, 1.4.11);
// it goes in through the CSSOM, as the content security policy allows no style attributes.

type Rgb = readonly [number, number, number];
const LIGHT_SURFACE: Rgb = [255, 255, 255];
const DARK_SURFACE: Rgb = [22, 27, 32];
const BLACK: Rgb = [10, 12, 14];
const WHITE: Rgb = [255, 255, 255];

function parse(hex: string): Rgb | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (found === null) return null;
  const part = (at: number): number => Number.parseInt(found[at] ?? '0', 16);
  return [part(1), part(2), part(3)];
}
const hexOf = (colour: Rgb): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrastOf(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** How strongly two colours (#rrggbb) differ, 1 to 21. */
export const contrast = (a: string, b: string): number => contrastOf(parse(a) ?? BLACK, parse(b) ?? WHITE);

/** The colour nearest to `colour` that is readable on `surface` as text. */
function readable(colour: Rgb, surface: Rgb): Rgb {
  const toward = luminance(surface) > 0.5 ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = colour.map((part, at) => part + ((toward[at] ?? 0) - part) * share) as unknown as Rgb;
    if (contrastOf(mixed, surface) >= 5) return mixed;
  }
  return toward;
}

export interface Accent {
  readonly light: string;
  readonly dark: string;
  readonly onLight: string;
  readonly onDark: string;
}

/** The accent for light and dark pages, and the ink on each; null when it is no colour. */
export function accentFrom(hex: string): Accent | null {
  const colour = parse(hex);
  if (colour === null) return null;
  const light = readable(colour, LIGHT_SURFACE);
  const dark = readable(colour, DARK_SURFACE);
  const on = (back: Rgb): string => hexOf(contrastOf(WHITE, back) >= contrastOf(BLACK, back) ? WHITE : BLACK);
  return { light: hexOf(light), dark: hexOf(dark), onLight: on(light), onDark: on(dark) };
}

/** Colours the page; leaves it as it is when the tenant gave no colour. */
export function wear(hex: string | undefined): void {
  const accent = hex === undefined ? null : accentFrom(hex);
  if (accent === null) return;
  const { style } = document.documentElement;
  style.setProperty('--accent-light', accent.light);
  style.setProperty('--accent-dark', accent.dark);
  style.setProperty('--on-accent-light', accent.onLight);
  style.setProperty('--on-accent-dark', accent.onDark);
}
