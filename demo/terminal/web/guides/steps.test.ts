// Every guide a reader can choose, walked without a browser.
import { describe, expect, it } from 'vitest';
import { AUTHENTICATORS, type AuthenticatorId, CLIENTS, CLIENTS_OF, type Preset } from './facts.ts';
import { stepsFor } from './steps.ts';

const presets = Object.keys(CLIENTS_OF) as Preset[];
const authenticators = Object.keys(AUTHENTICATORS) as AuthenticatorId[];
const all = presets.flatMap((preset) =>
  CLIENTS_OF[preset].flatMap((client) =>
    authenticators.flatMap((authenticator) =>
      (preset === 'star-rollout' ? (['sms', 'direct'] as const) : (['direct'] as const)).map((start) => {
        const steps = stepsFor({ preset, client, authenticator, start });
        return { preset, client, authenticator, start, words: steps.map((one) => one.words) };
      }),
    ),
  ),
);
const guide = (client: string, start: string, preset: Preset = 'star-rollout') =>
  all.find((one) => one.preset === preset && one.client === client && one.start === start)?.words ?? [];

describe('the steps of the bind guides', () => {
  it('ES-2.2 lead star-9.5 to the icon at the account’s right', () => {
    expect(guide('star-9.5', 'sms')).toContain('accounts-95');
    expect(guide('star-9.5', 'sms')).not.toContain('corner-93');
  });

  it('ES-2.3 lead star-9.3 to the icon at the lower left', () => {
    expect(guide('star-9.3', 'sms')).toContain('corner-93');
    expect(guide('star-9.3', 'sms')).not.toContain('accounts-95');
  });

  it('ES-2.4 never ask a phone to scan its own screen', () => {
    const onPhones = all.filter(({ client }) => CLIENTS[client].kind === 'phone').flatMap(({ words }) => words);
    expect(onPhones.filter((words) => words.startsWith('scan') || words === 'qr-opens')).toEqual([]);
    expect(guide('estar-x', 'sms')).toEqual(expect.arrayContaining(['menu-phone', 'copy-phone', 'paste-tencent']));
  });

  it('ES-2.5 enter a code in every guide, after everything that adds the account', () => {
    for (const { words } of all) {
      const at = words.findIndex((one) => one === 'code-desktop' || one === 'code-phone' || one === 'phone-code');
      expect(at).toBeGreaterThan(0);
      expect(words.slice(at).filter((one) => /^(scan|copy|paste)/.test(one))).toEqual([]);
    }
  });

  it('ES-3.1 go from the password straight into binding once SMS has ended', () => {
    for (const { words } of all.filter(({ start }) => start === 'direct')) {
      expect(words.filter((one) => /sms|accounts-95|corner-93|menu-phone/.test(one))).toEqual([]);
    }
  });

  it('ET-1.2 let the phone of star-desktop-bind bind nothing, and say where to', () => {
    const words = guide('estar-x', 'direct', 'star-desktop-bind');
    expect(words[0]).toBe('phone-cannot');
    expect(words.filter((one) => /^(get|copy|paste|done)/.test(one))).toEqual([]);
  });

  it('ET-2.1 end there with the phone in the list of devices', () => {
    expect(guide('estar-x', 'direct', 'star-desktop-bind').at(-1)).toBe('phone-listed');
  });
});
