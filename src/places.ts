// Which place an address is in, from a list its operator keeps: lines of `prefix,zh-CN,zh-HK,en` such as `203.0.113.0/24,香港,香港,Hong Kong`. The longest
// prefix decides. Without a line there is no place: nothing is guessed, and no service on the network is asked about anyone's address.
import { BlockList, isIP } from 'node:net';
import type { PlaceOf } from './core/approval/canonical.ts';
import type { Words } from './core/locale.ts';

interface Place {
  readonly length: number;
  readonly nets: BlockList;
  readonly words: Words;
}

/** Reads the list. Throws with the number of a line that makes no sense. */
export function placesFrom(csv: string): PlaceOf {
  const places: Place[] = [];
  for (const [index, line] of csv.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [prefix = '', zhCN = '', zhHK = '', en = ''] = line.split(',').map((part) => part.trim());
    const [address = '', bits = ''] = prefix.split('/');
    const family = isIP(address);
    const length = Number(bits);
    const isPrefix = family !== 0 && /^\d{1,3}$/.test(bits) && length <= (family === 4 ? 32 : 128);
    if (!isPrefix || zhCN === '' || zhHK === '' || en === '')
      throw new Error(`places: line ${index + 1} is not "prefix,zh-CN,zh-HK,en"`);
    const nets = new BlockList();
    nets.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
    places.push({ length: length + (family === 4 ? 96 : 0), nets, words: { 'zh-CN': zhCN, 'zh-HK': zhHK, en } });
  }
  places.sort((a, b) => b.length - a.length);
  return (ip) => {
    const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(plain);
    if (family === 0) return null;
    return places.find((p) => p.nets.check(plain, family === 4 ? 'ipv4' : 'ipv6'))?.words ?? null;
  };
}
