// What a page brings to a method: something typed, or what the browser's authenticator answered. Exactly one of them.
import type { Reply } from '../replies.ts';

/** The browser's answer as a flow takes it: text, compared as it came. */
export function answered(passkey: unknown): { readonly response?: string } {
  if (passkey === undefined) return {};
  const { id, response } = passkey as { readonly id: string; readonly response: Readonly<Record<string, unknown>> };
  // An assertion is read flat, a registration as the browser made it: both from one text.
  return {
    response: JSON.stringify({ rawId: id, type: 'public-key', clientExtensionResults: {}, ...response, response, id }),
  };
}

export const ONE_OF: Reply = {
  status: 400,
  body: null,
  invalid: [{ at: '', code: 'one-of', message: 'either output or passkey' }],
};
