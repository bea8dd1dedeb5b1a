// miniprogram-simulate with a document of its own: the rest of the test, the server included, keeps Node's globals (jsdom would bring other byte arrays).
import { createRequire } from 'node:module';

/** A rendered component, as far as tests use it. */
export interface Rendered {
  readonly dom: { readonly textContent: string };
  readonly instance: { onLoad(query?: object): Promise<void>; onShow(): void; onUnload(): void };
  attach(parent: unknown): void;
  detach(): void;
  querySelector(selector: string): { dispatchEvent(name: string): void };
}

interface Simulate {
  load(path: string): string;
  render(id: string): Rendered;
}

const load = createRequire(import.meta.url);

/** The simulator, with a document to render into. */
export function simulator(): { readonly simulate: Simulate; readonly parent: () => unknown } {
  const { JSDOM } = load('jsdom') as {
    JSDOM: new (html: string) => { window: { document: { createElement(name: string): unknown } } };
  };
  const { window } = new JSDOM('<!doctype html><body></body>');
  const names = ['document', 'Event', 'CustomEvent', 'HTMLElement', 'Node', 'getComputedStyle'] as const;
  const from = window as unknown as Record<string, unknown>;
  for (const name of names)
    Object.defineProperty(globalThis, name, { value: from[name], configurable: true, writable: true });
  Object.defineProperty(globalThis, 'window', { value: window, configurable: true, writable: true });
  return {
    simulate: load('miniprogram-simulate') as Simulate,
    parent: () => window.document.createElement('parent-wrapper'),
  };
}
