// One request body per endpoint that takes one: shown in the OpenAPI document, and checked against its schema by a test.
import type { EndpointName } from './endpoints.ts';

const client = { id: 'star-9.5', version: '9.5.8.5', deviceId: 'pc-0a1b2c', name: 'TRADING-PC', ip: '203.0.113.7' };

export const EXAMPLES: Readonly<Partial<Record<EndpointName, unknown>>> = {
  startLogin: { account: '700004', client, firstFactor: 'verified' },
  verify: { output: '344 815' },
  sendCode: {},
  startLoginBinding: { type: 'totp' },
  confirmLoginBinding: { output: '344815' },
  putAccount: { name: '陈大文', phone: '+85291234567', cohort: 'pilot', locale: 'zh-HK' },
  importAccounts: { accounts: [{ account: '700004', phone: '+85291234567' }, { account: '700005' }] },
  startBinding: { type: 'totp', client },
  confirmBinding: { output: '344815' },
  startChallenge: { purpose: 'unbind', client },
  startRegistration: { client: { id: 'portal' } },
  openTicket: { token: '4T8K2MQ9ZB7XN1R5C3VY0HWJ6D' },
  joinPhone: {
    account: '700004',
    code: '7KQ4M-9T2XA',
    name: 'Pixel 9',
    platform: 'Android 16',
    signKey:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHKGIK0k96QrOIjnz5MKZ9ZcXVlY9DMwVcSkZXXrdf00ckzm8jchZMLaumtUDGb2vKr-7lljPJX2FHVITddK5Bw',
    boxKey: 'BAt2DKqCbymcTez2oFDIQ494VcdRNlYShWL9tkeKPaVmqzFy24IiT5DoBNftZnrBQssqW8LczpsTygDfA7ubooE',
  },
  setPin: { tag: 'nM1hq0Pvx9XK0V9m9k9m9k9m9k9m9k9m9k9m9k9m9k8', output: '344815' },
  syncPhone: {},
  confirmPhone: { output: '344815' },
  changePin: { output: '344815', tag: 'nM1hq0Pvx9XK0V9m9k9m9k9m9k9m9k9m9k9m9k9m9k8' },
  operatorUnbind: { reason: 'phone lost, identity checked by call-back', operator: 'dealer-17' },
  operatorUnlock: { reason: 'identity checked by call-back', operator: 'dealer-17' },
  createAppPassword: { name: 'Foxmail', protocols: ['imap', 'smtp'] },
  startPortalLogin: { account: '700004', password: 'trading password' },
  verifyPortalLogin: { output: '344 815' },
  sendPortalCode: {},
  finishPortalLogin: {},
  startPortalLoginBinding: { type: 'totp' },
  confirmPortalLoginBinding: { output: '344815' },
  logout: {},
  previewSwitch: { phase: 'totp-only', cohort: 'pilot' },
  remindUnbound: { cohort: 'pilot', most: 1000, reason: 'first wave' },
  startStepUp: { purpose: 'unbind' },
  startMyBinding: { type: 'totp' },
  confirmMyBinding: { output: '344815' },
  switchPhase: { phase: 'totp-only', at: '2026-12-01T06:00:00+08:00', reason: 'end of the transition' },
};
