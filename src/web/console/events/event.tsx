// One event of the audit log as people read it: what happened, who did it, and what stands in its data; for a wrong code, what it would have been.
import { Text } from '@mantine/core';
import { methodName } from '../../words/methods.ts';
import { say } from '../../words/rows.ts';
import { useDates } from '../parts/dates.ts';
import { useLocale, useWords } from '../parts/words.tsx';
import { EVENTS, FIELDS, SAID } from './names.ts';

export type Data = Readonly<Record<string, string | number | boolean | null>>;

/** An event's name in the language in use. */
export function useEventName(): (event: string) => string {
  const names: Readonly<Record<string, string>> = useWords(EVENTS);
  return (event) => names[event] ?? event;
}

/** Who did it: the kind, and the name where there is one. */
export function useActor(): (actor: string) => string {
  const t = useWords(SAID);
  return (actor) => {
    const [kind = '', name = ''] = actor.split(/:(.*)/s, 2);
    if (kind === 'operator') return `${t.operator} ${name}`;
    if (kind === 'key') return t.apiKey;
    if (kind === 'portal') return t.portal;
    if (kind === 'phone') return t.phone;
    if (kind === 'system') return t.system;
    return actor;
  };
}

/** A method's name. */
export function useMethod(): (type: string) => string {
  const locale = useLocale();
  return (type) => say(methodName(type), locale);
}

/** What a wrong code would have been; undefined for every other event. */
export function useHint(): (event: string, data: Data) => string | undefined {
  const t = useWords(SAID);
  const dates = useDates();
  const method = useMethod();
  return (event, data) => {
    if (event !== 'output.rejected') return undefined;
    const seconds = Number(data['seconds'] ?? 0);
    if (data['hint'] === 'clock') return seconds < 0 ? t.clockSlow(-seconds) : t.clockFast(seconds);
    if (data['hint'] === 'older-binding') return t.older(dates.at(String(data['removedAt'])));
    if (data['hint'] === 'other-method') return t.other(method(String(data['other'])));
    if (data['hint'] === 'already-used' || data['hint'] === 'expired' || data['hint'] === 'not-sent')
      return t[data['hint']];
    return data['reason'] === 'wrong' ? t.unknown : undefined;
  };
}

/** Ids say little to people; they stand in the export. */
const UNTOLD = new Set([
  'login',
  'authenticator',
  'hint',
  'seconds',
  'removedAt',
  'older',
  'other',
  'policy',
  'bound',
  'cohort',
  'phase',
  'client',
  'version',
  'asks',
]);

/** The rest of an event's data, as `name: value`; `all` tells ids too. */
export function Details({ data, all = false }: { readonly data: Data; readonly all?: boolean }) {
  const method = useMethod();
  const fields: Readonly<Record<string, string>> = useWords(FIELDS);
  const told = Object.entries(data).filter(
    ([name, value]) => value !== null && value !== '' && (all || !UNTOLD.has(name)),
  );
  if (told.length === 0) return null;
  const text = (name: string, value: string): string => {
    if (name === 'type' || name === 'by') return method(value);
    if (name !== 'changed') return value;
    return value
      .split(' ')
      .map((field) => fields[field] ?? field)
      .join(', ');
  };
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {told.map(([name, value]) => `${fields[name] ?? name}: ${text(name, String(value))}`).join(' · ')}
    </Text>
  );
}
