// How every page bundle is built; which ones there are is the table in scripts/setup/web.mjs.
// Pages run under a strict content security policy: nothing inline, nothing as a data: URI.
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" says nothing in a bundle that is all client.
      onLog: (level, log, told) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') told(level, log);
      },
    },
  },
});
