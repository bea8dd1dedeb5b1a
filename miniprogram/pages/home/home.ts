// The one page: accounts with their codes; a scanned QR is a binding or a login; the sheet with its answers; unbinding; accounts given back.

import { purposeWords } from '../../../src/web/words/purposes.ts';
import { say } from '../../../src/web/words/rows.ts';
import { type Answer, markOf, secondsLeft } from '../../lib/keys.ts';
import {
  answer,
  codeNow,
  keptFrom,
  loginCode,
  open,
  type Reply,
  type Sheet,
  serverNow,
  signed,
  tokenIn,
} from '../../lib/server.ts';
import { type Kept, keep, readKept } from '../../lib/store.ts';
import { showWhen } from '../../lib/when.ts';
import { localeFor, wordsFor } from '../../lib/words.ts';

interface Row {
  readonly phone: string;
  readonly account: string;
  readonly tenant: string;
  readonly code: string;
  readonly left: number;
}

const locale = localeFor(wx.getAppBaseInfo().language);
const w = wordsFor(locale);
/** A QR that was scanned longer ago than this is not acted on. */
const STALE_MS = 10 * 60_000;
/** What the server says of a secret that was unbound, replaced, or given anew to another installation: it cannot know more of it than that. */
const WORTHLESS = new Set(['signature-invalid', 'phone-revoked']);

let kept: readonly Kept[] = [];
/** Requests the person put aside: neither answered nor asked again by themselves. */
const aside = new Set<string>();
let timer: ReturnType<typeof setInterval> | undefined;

Component({
  data: {
    w,
    view: 'list' as 'list' | 'join' | 'ask' | 'note' | 'unbind',
    rows: [] as Row[],
    note: '',
    canSecure: false,
    canRemind: false,
    sheet: null as Sheet | null,
    asks: { title: '', place: '', when: '' },
    isLogin: false,
    number: '',
    busy: false,
    /** The ticket or account at hand. */
    token: '',
    phone: '',
    account: '',
    tenant: '',
  },
  methods: {
    async onLoad(query: { q?: string; scancode_time?: string } = {}) {
      kept = await readKept();
      this.tick();
      timer = setInterval(() => this.tick(), 1000);
      const url = query.q === undefined ? '' : decodeURIComponent(query.q);
      const at = Number(query.scancode_time ?? 0) * 1000;
      if (url === '') return;
      if (at !== 0 && Math.abs(Date.now() - at) >= STALE_MS) this.tell(w.oldScan);
      else await this.opened(url);
    },
    onShow() {
      if (this.data.view === 'list') void this.look();
    },
    onUnload() {
      if (timer !== undefined) clearInterval(timer);
    },
    tick() {
      const at = serverNow();
      this.setData({
        rows: kept.map((one) => ({
          phone: one.phone,
          account: one.account,
          tenant: one.tenant,
          code: codeNow(one).replace(/^(\d{3})/, '$1 '),
          left: secondsLeft(one.code, at),
        })),
      });
    },
    /** What waits for an answer of one of the accounts. A secret the server no longer knows makes worthless codes: its account goes from here. */
    async look() {
      const gone: Kept[] = [];
      let found: { one: Kept; sheet: Sheet } | undefined;
      for (const one of kept) {
        const reply = await signed(one, 'GET', '/v1/app/approvals', locale);
        if (WORTHLESS.has(String(reply.body['code']))) gone.push(one);
        const sheet = (reply.body['items'] as Sheet[] | undefined)?.find(({ id }) => !aside.has(id));
        if (sheet !== undefined) found ??= { one, sheet };
      }
      if (gone.length > 0) await this.drop(gone);
      if (found !== undefined) this.ask(found.one, found.sheet);
      else if (gone.length > 0) this.tell(`${w.gone} ${gone.map(({ account }) => account).join(' ')}`);
    },
    async drop(these: readonly Kept[]) {
      kept = kept.filter((one) => !these.includes(one));
      await keep(kept);
      this.tick();
    },
    scan() {
      wx.scanCode({ scanType: ['qrCode'], success: ({ result }) => void this.opened(result) });
    },
    /** A QR of ours: the login of one of the accounts, or a binding. */
    async opened(text: string) {
      const token = tokenIn(text);
      if (token === null) return this.tell(w.foreign);
      const seen = await open('/v1/app/approvals:look', { token }, locale);
      if (seen.status === 0) return this.tell(w.offline);
      if (seen.status === 200) {
        const marks = (seen.body['phones'] as string[] | undefined) ?? [];
        const mine = kept.find(({ phone }) => marks.includes(markOf(token, phone)));
        if (mine === undefined) return this.tell(w.unknown);
        const claimed = await signed(mine, 'POST', '/v1/app/approvals:claim', locale, { token });
        return claimed.status === 200 ? this.ask(mine, claimed.body as unknown as Sheet) : this.refused(claimed);
      }
      const ticket = await open('/v1/app/tickets:open', { token, for: 'wechat' }, locale);
      if (ticket.status !== 200) return this.refused(ticket);
      const tenant = String((ticket.body['tenant'] as { name?: unknown }).name);
      this.setData({ view: 'join', token, account: String(ticket.body['account']), tenant });
    },
    /** Joins, keeps the secret, and only then completes the binding with its first code. */
    async join() {
      if (this.data.busy) return;
      this.setData({ busy: true });
      try {
        const joined = await open('/v1/app/wechat:join', { token: this.data.token, code: await loginCode() }, locale);
        if (joined.status !== 201) return this.refused(joined);
        const fresh = keptFrom(joined.body);
        const before = kept;
        // A change by the same WeChat takes the place of what it had of that account.
        const isSame = (one: Kept): boolean => one.account === fresh.account && one.tenant === fresh.tenant;
        const next = [...kept.filter((one) => one.phone !== fresh.phone && !isSame(one)), fresh];
        await keep(next);
        const path = `/v1/app/phones/${fresh.phone}/confirm`;
        const done = await signed(fresh, 'POST', path, locale, { output: codeNow(fresh) });
        if (done.status !== 200) {
          await keep(before);
          return this.refused(done);
        }
        kept = next;
        this.tick();
        this.setData({ phone: fresh.phone });
        this.tell(w.joined, 'remind');
      } catch {
        this.tell(w.offline);
      } finally {
        this.setData({ busy: false });
      }
    },
    ask(one: Kept, sheet: Sheet) {
      const isLogin = sheet.purpose === 'login';
      const asks = {
        title: isLogin ? w.askLogin : say(purposeWords(sheet.purpose), locale),
        place: sheet.place ?? w.noPlace,
        when: showWhen(sheet.at, serverNow(), locale),
      };
      this.setData({ view: 'ask', sheet, asks, phone: one.phone, isLogin, number: '' });
    },
    /** Answers nothing: it stays open for another phone, or until it ends by itself. */
    later() {
      if (this.data.sheet !== null) aside.add(this.data.sheet.id);
      this.home();
    },
    typed(event: { detail: { value: string } }) {
      this.setData({ number: event.detail.value });
    },
    trust() {
      return this.say('approve-trust');
    },
    once() {
      return this.say('approve');
    },
    notMe() {
      return this.say('deny');
    },
    async say(given: Answer) {
      const { sheet, phone, number, busy } = this.data;
      const one = kept.find((k) => k.phone === phone);
      if (sheet === null || one === undefined || busy) return;
      this.setData({ busy: true });
      const wanted = sheet.needsNumber && given !== 'deny' ? number : undefined;
      const reply = await answer(one, sheet, given, locale, wanted);
      this.setData({ busy: false });
      if (reply.status !== 200) return this.refused(reply);
      if (given === 'deny') this.tell(w.denied, 'secure');
      else this.tell(w.approved, sheet.purpose === 'login' ? 'remind' : 'nothing');
    },
    async secure() {
      const one = kept.find((k) => k.phone === this.data.phone);
      if (one === undefined) return;
      const reply = await signed(one, 'POST', '/v1/app/secure', locale, {});
      if (reply.status === 204) this.tell(w.secured);
      else this.refused(reply);
    },
    /** A person allows one reminder; WeChat asks them itself, and wants a tap for it. */
    remind() {
      const one = kept.find((k) => k.phone === this.data.phone);
      const template = one?.reminder ?? null;
      if (one === undefined || template === null) return;
      wx.requestSubscribeMessage({
        tmplIds: [template],
        success: (told) => {
          if (String(told[template]).startsWith('accept')) void this.reminding(one);
        },
      });
    },
    async reminding(one: Kept) {
      const reply = await signed(one, 'POST', '/v1/app/wechat:remind', locale, {});
      if (reply.status === 204) this.tell(w.reminded);
      else this.refused(reply);
    },
    wantUnbind(event: { currentTarget: { dataset: { phone: string } } }) {
      const { phone } = event.currentTarget.dataset;
      const one = kept.find((k) => k.phone === phone);
      if (one !== undefined) this.setData({ view: 'unbind', phone, account: one.account, tenant: one.tenant });
    },
    async unbind() {
      const one = kept.find((k) => k.phone === this.data.phone);
      if (one === undefined) return;
      // wx.request says that it sends JSON whatever it sends: an empty body would not be any.
      const reply = await signed(one, 'DELETE', `/v1/app/phones/${one.phone}`, locale, {});
      if (reply.status !== 204 && reply.status !== 401) return this.refused(reply);
      await this.drop([one]);
      this.tell(w.unbound);
    },
    /** Storage was cleared: whoever WeChat says we are is given fresh secrets. */
    async restore() {
      try {
        const reply = await open('/v1/app/wechat:restore', { code: await loginCode() }, locale);
        if (reply.status !== 200) return this.refused(reply);
        kept = (reply.body['items'] as Record<string, unknown>[]).map(keptFrom);
        await keep(kept);
        this.tick();
        if (kept.length === 0) this.tell(w.empty);
      } catch {
        this.tell(w.offline);
      }
    },
    refused({ status, body }: Reply) {
      const told = [body['title'], body['detail']].filter((part) => typeof part === 'string').join(' ');
      this.tell(status === 0 ? w.offline : told === '' ? w.unknown : told);
    },
    /** Tells something, and what may be done about it. A reminder is offered only where the server has one to send for that account. */
    tell(note: string, offers: 'nothing' | 'secure' | 'remind' = 'nothing') {
      const one = kept.find((k) => k.phone === this.data.phone);
      const canRemind = offers === 'remind' && one !== undefined && one.reminder !== null;
      this.setData({ view: 'note', note, canSecure: offers === 'secure', canRemind });
    },
    home() {
      this.setData({ view: 'list', sheet: null });
    },
  },
});
