// The three clients as their users call them. A client the demo does not know keeps the name its policy gives it.
import { type Locale, say, type Words } from './say.ts';

const NAMES: Readonly<Record<string, Words>> = {
  'star-9.5': ['极星 9.5 国际版', '極星 9.5 國際版', 'Star 9.5'],
  'star-9.3': ['极星 9.3 国际版', '極星 9.3 國際版', 'Star 9.3'],
  'estar-x': ['易星 X', '易星 X', 'EStar X'],
};

export const clientName = (client: { id: string; name: string }, locale: Locale): string => {
  const words = NAMES[client.id];
  return words === undefined ? client.name : say(words, locale);
};
