// The wizards that bind, one per type; at a login that asks for it and in the settings alike. One line adds a type.
import type { ComponentType } from 'preact';
import { BindApp } from './bind-app.tsx';
import { BindEmail } from './bind-email.tsx';
import { BindPasskey } from './bind-passkey.tsx';
import type { BindProps } from './bind-props.ts';
import { BindTotp } from './bind-totp.tsx';
import { BindWechat } from './bind-wechat.tsx';

const WIZARDS: Readonly<Record<string, ComponentType<BindProps>>> = {
  app: BindApp,
  totp: BindTotp,
  email: BindEmail,
  passkey: BindPasskey,
  wechat: BindWechat,
};

/** The wizard of a type; undefined where these pages cannot bind it. */
export const wizardOf = (type: string): ComponentType<BindProps> | undefined => WIZARDS[type];
