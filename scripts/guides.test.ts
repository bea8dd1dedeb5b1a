import { describe, expect, it } from 'vitest';
import { filesOnDisk, guideFiles } from './guides.ts';

describe('docs/guides', () => {
  it('ET-3.1 says and shows what the guides page does: `node scripts/guides.ts` writes it anew', async () => {
    const [files, onDisk] = [await guideFiles(), filesOnDisk()];
    expect([...onDisk.keys()].sort()).toEqual([...files.keys()].sort());
    const drifted = [...files].filter(([path, text]) => onDisk.get(path) !== text).map(([path]) => path);
    expect(drifted).toEqual([]);
  });
});
