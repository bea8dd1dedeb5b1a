// The one part of pngjs the tests use; the package brings no types.
declare module 'pngjs' {
  export const PNG: { sync: { read(png: Uint8Array): { data: Uint8Array; width: number; height: number } } };
}
