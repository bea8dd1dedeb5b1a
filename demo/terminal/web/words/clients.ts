// The names of clients and brokerages in three languages, by the name the policy gives them, or by their id where that is all one has.
// A name the demo does not know stays as it is.
import { type Locale, say, type Words } from './say.ts';

const NAMES: Readonly<Record<string, Words>> = {
  '极星 9.5 国际版': ['极星 9.5 国际版', '極星 9.5 國際版', 'Star 9.5 International'],
  '极星 9.3 国际版': ['极星 9.3 国际版', '極星 9.3 國際版', 'Star 9.3 International'],
  '极星 9.3': ['极星 9.3', '極星 9.3', 'Star 9.3'],
  '易星 X': ['易星 X', '易星 X', 'EStar X'],
  易星: ['易星', '易星', 'EStar'],
  极星国际: ['极星国际', '極星國際', 'Star International'],
  星火期货: ['星火期货', '星火期貨', 'Spark Futures'],
  'star-9.5': ['极星 9.5', '極星 9.5', 'Star 9.5'],
  'star-9.3': ['极星 9.3', '極星 9.3', 'Star 9.3'],
  'estar-x': ['易星 X', '易星 X', 'EStar X'],
};

export const brokerName = (broker: { name: string }, locale: Locale): string => nameIn(broker.name, locale);
export const clientName = (client: { id: string; name: string }, locale: Locale): string => nameIn(client.name, locale);

function nameIn(name: string, locale: Locale): string {
  const words = NAMES[name];
  return words === undefined ? name : say(words, locale);
}
