// Whose key file is accepted: secrets arrive as files of many owners and modes, and none may be readable by strangers.
import { describe, expect, it } from 'vitest';
import { isOpenToOthers } from './key-file.ts';

const ROOT = 0;
const SERVICE = 997;

describe('NF-5 who may read the key file', () => {
  it('NF-5 one that only its owner reads is accepted, whoever starts us', () => {
    for (const mode of [0o100600, 0o100400])
      for (const uid of [ROOT, SERVICE]) expect(isOpenToOthers({ mode, uid }, uid)).toBe(false);
  });

  it('NF-5 a systemd credential and a mounted secret, owned by root and readable by our group alone, are accepted', () => {
    expect(isOpenToOthers({ mode: 0o100440, uid: ROOT }, SERVICE)).toBe(false);
    expect(isOpenToOthers({ mode: 0o100640, uid: ROOT }, SERVICE)).toBe(false);
  });

  it('NF-5 what everybody or a group may read, or a group may change, is refused', () => {
    for (const mode of [0o100644, 0o100604, 0o100444, 0o100660, 0o100620])
      expect(isOpenToOthers({ mode, uid: ROOT }, SERVICE), mode.toString(8)).toBe(true);
    for (const mode of [0o100640, 0o100440]) {
      expect(isOpenToOthers({ mode, uid: SERVICE }, SERVICE), mode.toString(8)).toBe(true);
      expect(isOpenToOthers({ mode, uid: ROOT }, ROOT), mode.toString(8)).toBe(true);
    }
  });
});
