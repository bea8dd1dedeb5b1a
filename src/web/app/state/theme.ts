// Light, dark, or as the phone has it. Kept on this phone.
import { recall, remember } from '../store/little.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const kept = 'hufu-app-theme';

export const theme = (): Theme => THEMES.find((one) => one === recall(kept)) ?? 'system';

/** Colours the page; with a choice, from now on. */
export function wearTheme(chosen: Theme = theme()): void {
  remember(kept, chosen);
  document.documentElement.dataset['theme'] = chosen;
}
