// Vite bundles style sheets that a module names.
declare module '*.css';
