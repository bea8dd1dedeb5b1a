// How a type looks, and how strong it is against someone who knows the password: what a list is sorted by.
import type { IconName } from '../ui/icon.tsx';
import type { MethodType } from '../words/methods.ts';

const ROWS: Readonly<Record<MethodType, { icon: IconName; strength: number }>> = {
  passkey: { icon: 'finger', strength: 7 },
  app: { icon: 'phone', strength: 6 },
  wechat: { icon: 'chat', strength: 5 },
  totp: { icon: 'key', strength: 4 },
  email: { icon: 'mail', strength: 3 },
  sms: { icon: 'message', strength: 2 },
  'recovery-code': { icon: 'list', strength: 1 },
  'bypass-code': { icon: 'list', strength: 1 },
};
const row = (type: string) => (ROWS as Readonly<Record<string, { icon: IconName; strength: number }>>)[type];

export const iconOf = (type: string): IconName => row(type)?.icon ?? 'shield';
export const strengthOf = (type: string): number => row(type)?.strength ?? 0;
