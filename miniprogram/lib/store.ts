// What the mini-program keeps: one secret per account, in WeChat's encrypted storage. WeChat may clear it whenever it likes; the server gives it anew.
import type { Codes } from './keys.ts';

export interface Kept {
  readonly phone: string;
  readonly account: string;
  readonly tenant: string;
  /** base64url, 32 bytes. */
  readonly key: string;
  readonly code: Codes;
  readonly reminder: string | null;
}

const NAME = 'hufu-accounts';

/** What is kept; nothing when storage is empty or was cleared. */
export const readKept = (): Promise<readonly Kept[]> =>
  new Promise((resolve) =>
    wx.getStorage({
      key: NAME,
      encrypt: true,
      success: ({ data }) => resolve(Array.isArray(data) ? (data as Kept[]) : []),
      fail: () => resolve([]),
    }),
  );

/** Keeps these and no others. Rejects when WeChat cannot. */
export const keep = (kept: readonly Kept[]): Promise<void> =>
  new Promise((resolve, reject) =>
    wx.setStorage({
      key: NAME,
      encrypt: true,
      data: [...kept],
      success: () => resolve(),
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    }),
  );
