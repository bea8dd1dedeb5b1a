// Light, dark, or as the phone has it. Kept on this phone.
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const kept = 'hufu-app-theme';

export const theme = (): Theme => THEMES.find((one) => one === localStorage.getItem(kept)) ?? 'system';

/** Colours the page; with a choice, from now on. */
export function wearTheme(chosen: Theme = theme()): void {
  localStorage.setItem(kept, chosen);
  document.documentElement.dataset['theme'] = chosen;
}
