// The access token of the mini-program's server calls. It lasts two hours and belongs to the appid: one node at a time asks for a new one (a lease in the
// database), the others wait for what it keeps. Asked as a stable token, so that a second asker would be told the same one and break nothing.
import { setTimeout as pause } from 'node:timers/promises';
import { callWechat, type WechatApp } from './api.ts';

/** Where the token is kept for all nodes. */
export interface TokenStore {
  read(
    appId: string,
  ): Promise<{ readonly token: string; readonly expiresAt: number; readonly now: number } | undefined>;
  lease(appId: string, seconds: number): Promise<boolean>;
  keep(appId: string, token: string, seconds: number): Promise<void>;
  release(appId: string): Promise<void>;
  forget(appId: string, expiresAt: number): Promise<void>;
}

/** Taken anew this long before it ends. */
const MARGIN_SECONDS = 300;
const LEASE_SECONDS = 15;
const LOOK_AGAIN_MS = 200;
const LOOKS = 50;

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** The token at hand or a fresh one; undefined when WeChat gives none now. */
export async function accessToken(app: WechatApp, kept: TokenStore): Promise<AccessToken | undefined> {
  for (let look = 0; look < LOOKS; look++) {
    const held = await kept.read(app.appId);
    if (held !== undefined) return held;
    if (await kept.lease(app.appId, LEASE_SECONDS)) {
      const answer = await callWechat(
        app,
        '/cgi-bin/stable_token',
        {},
        {
          grant_type: 'client_credential',
          appid: app.appId,
          secret: app.appSecret,
          force_refresh: false,
        },
      );
      const { access_token: token, expires_in: seconds } = answer.kind === 'ok' ? answer.body : {};
      if (typeof token !== 'string' || typeof seconds !== 'number') {
        await kept.release(app.appId);
        return undefined;
      }
      await kept.keep(app.appId, token, Math.max(30, seconds - MARGIN_SECONDS));
      return kept.read(app.appId);
    }
    await pause(LOOK_AGAIN_MS);
  }
  return undefined;
}
