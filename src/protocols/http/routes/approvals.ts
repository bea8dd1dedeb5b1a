// Approvals over HTTP: the QR or the number for whoever began the login, the sheet and the answer for the phone.
import type { ReplyOf } from '../../../contract/endpoints.ts';
import { type Refusal, refuse } from '../../../core/outcome.ts';
import { answerApproval } from '../../../flows/approval/answer.ts';
import { claimScan } from '../../../flows/approval/claim-scan.ts';
import { listPushes } from '../../../flows/approval/list-pushes.ts';
import { lookAtScan } from '../../../flows/approval/look.ts';
import { openPush, type PushOpened } from '../../../flows/approval/open-push.ts';
import { openScan, type ScanOpened } from '../../../flows/approval/open-scan.ts';
import { secureAccount } from '../../../flows/approval/secure.ts';
import type { ShownApproval } from '../../../flows/approval/shown.ts';
import { subscribePhone } from '../../../flows/approval/subscribe.ts';
import type { Handlers, HttpPorts } from '../handler.ts';
import { instant, misfit, NO_CONTENT, ok, type Reply, TOO_MANY_WAITING } from '../replies.ts';

async function scanReply(ports: HttpPorts, opened: ScanOpened | Refusal): Promise<Reply | Refusal> {
  if (opened.kind === 'refused') return opened;
  const { png, svg } = await ports.qr(opened.url);
  const body: ReplyOf<'scanLogin'> = {
    id: opened.id,
    url: opened.url,
    qr: png,
    qrSvg: svg,
    refreshAt: instant(opened.refreshAt),
    expiresAt: instant(opened.expiresAt),
  };
  return ok(body, 201);
}

function pushReply(opened: PushOpened | Refusal): Reply | Refusal {
  if (opened.kind === 'refused') return opened;
  const { id, number, sentTo, expiresAt } = opened;
  const body: ReplyOf<'pushLogin'> = { id, number, sentTo: [...sentTo], expiresAt: instant(expiresAt) };
  return ok(body, 201);
}

function subscribed(done: Awaited<ReturnType<typeof subscribePhone>>): Reply | Refusal {
  if (done.kind === 'refused') return done;
  if (done.kind === 'subscribed') return NO_CONTENT;
  return misfit(done);
}

const sheet = ({ shown, canonical }: ShownApproval): ReplyOf<'claimScan'> => ({
  ...shown,
  tenant: { ...shown.tenant },
  canonical,
});

export const approvals: Handlers<
  | 'scanLogin'
  | 'pushLogin'
  | 'scanPortalLogin'
  | 'pushPortalLogin'
  | 'lookAtScan'
  | 'claimScan'
  | 'listPushes'
  | 'answerApproval'
  | 'secureAccount'
  | 'getPushKey'
  | 'subscribePhone'
  | 'unsubscribePhone'
> = {
  scanLogin: async (ports, { caller, params }) => scanReply(ports, await openScan(ports, caller, params)),
  pushLogin: async (ports, { caller, params, body }) =>
    pushReply(await openPush(ports, caller, { ...params, ...body })),
  scanPortalLogin: async (ports, { caller, visit }) =>
    scanReply(ports, await openScan(ports, caller, { id: visit.challengeId })),
  pushPortalLogin: async (ports, { caller, visit, body }) =>
    pushReply(await openPush(ports, caller, { id: visit.challengeId, ...body })),
  async lookAtScan(ports, { from, body }) {
    const seen = await lookAtScan(ports, body, from.ip);
    return seen.kind === 'refused' ? seen : ok({ phones: [...seen.phones] });
  },
  async claimScan(ports, { phone, body }) {
    if (phone === undefined) return refuse('phone-revoked');
    const claimed = await claimScan(ports, phone, body);
    return claimed.kind === 'refused' ? claimed : ok(sheet(claimed));
  },
  async listPushes(ports, { phone, query }) {
    if (phone === undefined) return refuse('phone-revoked');
    let found = await listPushes(ports, phone);
    if (found.kind === 'pushes' && found.items.length === 0 && query.wait !== undefined && query.wait > 0) {
      if (!(await ports.woken('account', found.account, found.mark, query.wait * 1000))) return TOO_MANY_WAITING;
      found = await listPushes(ports, phone);
    }
    return found.kind === 'refused' ? found : ok({ items: found.items.map(sheet) });
  },
  async answerApproval(ports, { phone, params, body }) {
    if (phone === undefined) return refuse('phone-revoked');
    const done = await answerApproval(ports, phone, { id: params.id, ...body });
    return done.kind === 'refused' ? done : ok({ status: done.status });
  },
  async getPushKey(ports) {
    return ok({ key: (await ports.push.keys()).publicKey });
  },
  async subscribePhone(ports, { phone, body }) {
    if (phone === undefined) return refuse('phone-revoked');
    return subscribed(await subscribePhone(ports, phone, body));
  },
  async unsubscribePhone(ports, { phone }) {
    if (phone === undefined) return refuse('phone-revoked');
    return subscribed(await subscribePhone(ports, phone, null));
  },
  async secureAccount(ports, { phone }) {
    if (phone === undefined) return refuse('phone-revoked');
    const done = await secureAccount(ports, phone);
    return done.kind === 'refused' ? done : NO_CONTENT;
  },
};
