// One look for all pages: Hufu's green, and parts that work without leave to add styles of their own.
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const jade: MantineColorsTuple = [
  '#e6f7f5',
  '#cdeeea',
  '#9adcd5',
  '#63c9bf',
  '#38b9ad',
  '#1d9f94',
  '#0f857d',
  '#0b6e69',
  '#075853',
  '#03433f',
];

export const theme = createTheme({
  colors: { jade },
  primaryColor: 'jade',
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.35,
  cursorType: 'pointer',
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "PingFang HK", "Microsoft YaHei", "Microsoft JhengHei", "Noto Sans CJK SC", sans-serif',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' } } },
  components: {
    // Its lock would write a style element without our nonce.
    Modal: { defaultProps: { lockScroll: false, centered: true } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
});
