// What flows know of the policy as a document: it is read elsewhere, as the YAML that people write.
import type { Policy } from './policy.ts';

export interface DocumentError {
  /** JSON pointer into the document. */
  readonly at: string;
  readonly line: number | null;
  readonly message: string;
}

export type ReadPolicy =
  | { readonly policy: Policy; readonly errors: null }
  | { readonly policy: null; readonly errors: readonly DocumentError[] };

/** The lists of rules a document has. */
export type RuleList = 'login' | 'bind' | 'unbind';

/** One place of a list: the rule that stands at an index now, or another. */
export type RuleEdit = { readonly keep: number } | { readonly rule: Readonly<Record<string, unknown>> };
