// Changes to a policy document as people wrote it: what is not meant stays, comments and order included.
import { isMap, isSeq, parseDocument } from 'yaml';

/**
 * The document with the rules of one list as `rules` says: those kept with their comments, others as given (unchecked: `parsePolicy` comes after).
 * Undefined when the document cannot be read, or a kept rule is not there.
 */
export function editRules(
  document: string,
  list: 'login' | 'bind' | 'unbind',
  rules: readonly ({ readonly keep: number } | { readonly rule: Readonly<Record<string, unknown>> })[],
): string | undefined {
  const yaml = parseDocument(document);
  if (yaml.errors.length > 0 || !isMap(yaml.contents)) return undefined;
  const found: unknown = yaml.get(list);
  const now = isSeq(found) ? found.items : found === undefined ? [] : undefined;
  if (now === undefined) return undefined;
  const items = rules.map((edit) => ('keep' in edit ? now[edit.keep] : yaml.createNode(edit.rule)));
  if (items.includes(undefined)) return undefined;
  const sequence = isSeq(found) ? found : yaml.createNode([]);
  sequence.items = items;
  yaml.set(list, sequence);
  return yaml.toString({ lineWidth: 0 });
}
