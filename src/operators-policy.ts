// The policy operators sign in by. It is the house's own and no tenant's: nobody edits it. A password and a code, or a passkey alone, which asks for
// the person's presence and their device's own check (WebAuthn user verification); a first method only through a one-time link.

export const OPERATORS_POLICY = `policy: 1
name: operators
issuer: Hufu
country: HK
locale: zh-CN
contact: { zh-CN: 其他管理员, zh-HK: 其他管理員, en: another administrator }
smsSignature: 'Hufu: '
firstFactor: [verified, password]
clients:
  console: { name: { zh-CN: 控制台, zh-HK: 控制台, en: Console }, kind: web, offers: [qr, uri], binds: [totp, passkey] }
  console-passkey: { name: { zh-CN: 控制台, zh-HK: 控制台, en: Console }, kind: web, offers: [], binds: [] }
  console-join: { name: { zh-CN: 控制台, zh-HK: 控制台, en: Console }, kind: web, offers: [qr, uri], binds: [totp, passkey] }
rollout: { phase: totp-only, cohorts: {}, schedule: [] }
login:
  - name: by a passkey alone
    when: { client: console-passkey, bound: passkey }
    challenge: [passkey]
  - name: no passkey
    when: { client: console-passkey }
    refuse: no-method
  - name: a one-time link, nothing bound
    when: { client: console-join, unbound: [totp, passkey] }
    enrol: [totp, passkey]
  - name: after the first step, the second
    when: { bound: [totp, passkey] }
    challenge: [totp, passkey]
  - name: nothing bound
    refuse: no-method
bind: []
unbind:
  - name: another administrator resets
    by: operator
keepAtLeast: 1
times: { loginSeconds: 300, bindingSeconds: 900, freshLoginSeconds: 900, proofSeconds: 300 }
throttle: { delaysSeconds: [0, 0, 0, 30, 60, 120, 300, 900, 3600], freezeAfter: 10, scope: account }
recoveryCodes: { offer: false, count: 10 }
notices: false
`;
