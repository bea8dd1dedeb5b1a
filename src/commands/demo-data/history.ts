// Ninety believable days of a brokerage that moves off SMS, made up but always the same for one seed and day: who its people are, when each bound,
// how often they log in. Binding is a matter of chance that depends on the cohort, on how often one comes, on weekdays and holidays, and on campaigns.
import { makeId } from '../../core/ids.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
export const HISTORY_DAYS = 90;
/** The zone its days and hours are of: Hong Kong, UTC+8. */
const ZONE = 8 * HOUR;

/** Days on which nobody trades: Hong Kong's and the mainland's of these years, `MM-DD` or with the year. */
const HOLIDAYS: ReadonlySet<string> = new Set(
  `01-01 05-01 07-01 10-01 10-02 10-03 12-25 12-26
   2026-09-26 2026-10-19 2027-02-06 2027-02-08 2027-02-09 2027-03-26 2027-03-29 2027-04-05`.split(/\s+/),
);

/** Waves of reminders: how many days ago, to whom, and how much more likely they made binding on that day and after. */
const WAVES: readonly {
  readonly ago: number;
  readonly cohort: string | null;
  readonly lift: number;
  readonly reason: string;
}[] = [
  { ago: 81, cohort: 'staff', lift: 14, reason: '内部试点' },
  { ago: 66, cohort: 'vip', lift: 9, reason: '客户经理通知' },
  { ago: 48, cohort: null, lift: 11, reason: '第一批邮件及短信' },
  { ago: 27, cohort: null, lift: 8, reason: '第二批提醒' },
  { ago: 9, cohort: 'overseas', lift: 12, reason: '海外客户专函' },
];

interface CohortModel {
  readonly name: string | null;
  readonly part: number;
  /** Logins on a working day, for one in the middle. */
  readonly perDay: number;
  /** The chance of binding on an ordinary working day. */
  readonly hazard: number;
  readonly oldClients: number;
}
const COHORTS: readonly CohortModel[] = [
  { name: 'staff', part: 0.03, perDay: 1.1, hazard: 0.04, oldClients: 0.01 },
  { name: 'vip', part: 0.09, perDay: 0.9, hazard: 0.019, oldClients: 0.05 },
  { name: 'regular', part: 0.58, perDay: 0.4, hazard: 0.0165, oldClients: 0.06 },
  { name: 'overseas', part: 0.12, perDay: 0.3, hazard: 0.0085, oldClients: 0.07 },
  { name: 'old-client', part: 0.06, perDay: 0.25, hazard: 0.0012, oldClients: 0.94 },
  { name: 'dormant', part: 0.12, perDay: 0.006, hazard: 0.0009, oldClients: 0.5 },
];
const CLIENTS: readonly (readonly [id: string, part: number, current: string, old: string])[] = [
  ['star-9.5', 0.55, '9.5.8.5', '9.5.8.2'],
  ['star-9.3', 0.25, '9.3.43.1175', '9.3.40.1021'],
  ['estar-x', 0.2, '3.6.21', '3.5.9'],
];
const OTHER = ['star-9.5', 1, '9.5.8.5', '9.5.8.2'] as const;
/** Logins by the hour of the day in Hong Kong: morning and afternoon sessions, and the night one. */
const HOURS = [6, 4, 2, 0.5, 0.3, 0.4, 1, 4, 22, 46, 30, 22, 12, 34, 28, 20, 12, 18, 14, 10, 12, 14, 11, 8];

const FAMILY = '陈李张王刘黄林吴周徐孙马朱胡郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢';
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文辉力志健晓嘉欣怡俊豪子轩雅婷诗涵浩然思远';
const ENGLISH = ['Alex', 'Grace', 'Daniel', 'Priya', 'Marcus', 'Hannah', 'Kenji', 'Sofia', 'Omar', 'Elena'];
const SURNAMES = ['Morgan', 'Tan', 'Williams', 'Nair', 'Keller', 'Sato', 'Costa', 'Haddad', 'Novak', 'Reid'];

/** A stream of numbers from 0 to 1 that is the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface MadeAccount {
  readonly id: string;
  readonly smsId: string;
  readonly totpId: string;
  readonly account: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly locale: string;
  readonly cohort: string | null;
  readonly createdAt: number;
  readonly boundAt: number | null;
  readonly lastLoginAt: number | null;
  readonly weight: number;
  readonly client: string | null;
  readonly version: string | null;
  readonly remindedAt: number | null;
  /** The furthest step, 0 to 5. */
  readonly step: number;
  readonly stepAt: number;
}

export interface MadeHistory {
  accounts(from: number, to: number): MadeAccount[];
  /** Of all accounts made so far. */
  adoption(): { readonly day: number; readonly cohort: string; readonly accounts: number; readonly bound: number }[];
  hours(): {
    readonly hour: number;
    readonly started: number;
    readonly satisfied: number;
    readonly bySms: number;
    readonly rejected: number;
    readonly refused: number;
  }[];
  campaigns(): {
    readonly id: string;
    readonly at: number;
    readonly cohort: string | null;
    readonly reminded: number;
    readonly reason: string;
  }[];
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
/** How much of a working day a day is. */
function liveliness(day: number): number {
  const date = dateOf(day);
  if (HOLIDAYS.has(date) || HOLIDAYS.has(date.slice(5))) return 0.1;
  const weekday = (day + 4) % 7;
  return weekday === 0 ? 0.07 : weekday === 6 ? 0.14 : 1;
}

/** The history up to `now` (ms). Account numbers begin with `prefix`. */
export function madeHistory(now: number, prefix: string, seed = 20_260_820): MadeHistory {
  const random = randomFrom(seed);
  const bytes = (): Uint8Array => Uint8Array.from({ length: 18 }, () => Math.floor(random() * 256));
  const today = Math.floor((now + ZONE) / DAY);
  const first = today - HISTORY_DAYS;
  const days = Array.from({ length: HISTORY_DAYS + 1 }, (_, n) => first + n);
  const alive = days.map(liveliness);
  const waves = WAVES.map((wave) => ({ ...wave, day: today - wave.ago }));
  /** The hazard summed up day by day, one line per cohort. */
  const hazards = COHORTS.map(({ name, hazard }) => {
    let sum = 0;
    return days.map((day, n) => {
      const lift = waves.reduce((times, wave) => {
        const since = day - wave.day;
        return since < 0 || since > 6 || (wave.cohort !== null && wave.cohort !== name)
          ? times
          : times + wave.lift * 0.45 ** since;
      }, 1);
      sum += hazard * lift * (0.25 + 0.75 * (alive[n] ?? 0)) * (0.85 + random() * 0.3);
      return sum;
    });
  });
  const created = COHORTS.map(() => days.map(() => 0));
  const bound = COHORTS.map(() => days.map(() => 0));
  const rates = { all: 0, byDayBound: days.map(() => 0) };
  const reminded = waves.map(() => 0);
  const at = (day: number): number => day * DAY - ZONE + pickHour(random) * HOUR + Math.floor(random() * HOUR);

  const make = (n: number): MadeAccount => {
    const which = pick(
      random,
      COHORTS.map(({ part }) => part),
    );
    const cohort = COHORTS[which] as CohortModel;
    // A few come far more often than most: log-normal about the cohort's middle.
    const perDay = cohort.perDay * Math.exp(0.7 * normal(random));
    const isNew = random() < 0.06;
    const createdOn = isNew ? Math.floor(random() * HISTORY_DAYS) : -1;
    const createdAt = isNew
      ? Math.min(now, at(first + createdOn))
      : now - (HISTORY_DAYS + 1 + Math.floor(random() * 2000)) * DAY;
    const lively = Math.min(2.2, 0.35 + Math.sqrt(perDay));
    const luck = -Math.log(1 - random()) / lively;
    const line = hazards[which] as number[];
    const start = isNew ? (line[createdOn] ?? 0) : 0;
    const boundOn = line.findIndex((sum, day) => day > createdOn && sum - start >= luck);
    const isBound = boundOn >= 0 && first + boundOn < today;
    const boundAt = isBound ? at(first + boundOn) : null;
    let wave = -1;
    for (const [w, one] of waves.entries()) {
      const isMeant = one.cohort === null || one.cohort === cohort.name;
      const isThere = one.day - first > createdOn && (!isBound || boundOn >= one.day - first);
      if (isMeant && isThere && perDay > 0.01 && random() < 0.93) {
        reminded[w] = (reminded[w] ?? 0) + 1;
        if (wave < 0) wave = w;
      }
    }
    const since = -Math.log(1 - random()) / perDay;
    const isSeen = since < 400 && (!isNew || since < HISTORY_DAYS - createdOn || isBound);
    const lastLoginAt = isSeen
      ? Math.max(boundAt ?? 0, Math.min(now - 5 * 60_000, at(today - Math.ceil(since))))
      : boundAt;
    const isOld = !isBound && random() < cohort.oldClients;
    const [client, , current, old] =
      CLIENTS[
        pick(
          random,
          CLIENTS.map(([, part]) => part),
        )
      ] ?? OTHER;
    const counted = createdOn < 0 ? 0 : createdOn;
    (created[which] as number[])[counted] = ((created[which] as number[])[counted] ?? 0) + 1;
    rates.all += perDay;
    if (isBound) {
      (bound[which] as number[])[boundOn] = ((bound[which] as number[])[boundOn] ?? 0) + 1;
      rates.byDayBound[boundOn] = (rates.byDayBound[boundOn] ?? 0) + perDay;
    }
    const toldAt = wave < 0 ? null : (waves[wave]?.day ?? today) * DAY - ZONE + 10 * HOUR;
    const lastWave = [...waves]
      .reverse()
      .find((one) => (one.cohort === null || one.cohort === cohort.name) && (boundAt ?? now) > one.day * DAY);
    const isUsed = boundAt !== null && lastLoginAt !== null && lastLoginAt > boundAt + HOUR;
    const step = boundAt !== null ? (isUsed || random() < 0.5 ? 5 : 4) : toldAt === null ? 0 : random() < 0.14 ? 2 : 1;
    const isAbroad = cohort.name === 'overseas';
    const isEnglish = isAbroad ? random() < 0.7 : random() < 0.04;
    const locale = isEnglish ? 'en' : random() < 0.35 ? 'zh-HK' : 'zh-CN';
    return {
      id: makeId('acc', createdAt, bytes()),
      smsId: makeId('aut', createdAt, bytes()),
      totpId: makeId('aut', boundAt ?? now, bytes()),
      account: `${prefix}${String(n).padStart(5, '0')}`,
      name: isEnglish
        ? `${ENGLISH[Math.floor(random() * ENGLISH.length)]} ${SURNAMES[Math.floor(random() * SURNAMES.length)]}`
        : nameFrom(random),
      phone: phoneFrom(random, isAbroad),
      email: random() < 0.8 ? `c${prefix}${n}@client.example` : null,
      locale,
      cohort: cohort.name,
      createdAt,
      boundAt,
      lastLoginAt,
      weight:
        lastLoginAt === null ? 0 : Math.max(1000, Math.round(perDay * (5 / 7) * 30_000 * (0.85 + random() * 0.3))),
      client: lastLoginAt === null ? null : client,
      version: lastLoginAt === null ? null : isOld ? old : current,
      remindedAt: toldAt === null || lastWave === undefined ? null : lastWave.day * DAY - ZONE + 10 * HOUR,
      step,
      stepAt: boundAt ?? toldAt ?? createdAt,
    };
  };

  return {
    accounts: (from, to) => Array.from({ length: to - from }, (_, n) => make(from + n)),
    adoption() {
      return COHORTS.flatMap(({ name }, which) => {
        let [accounts, moved] = [0, 0];
        return days.slice(0, HISTORY_DAYS).map((day, n) => {
          accounts += created[which]?.[n] ?? 0;
          moved += bound[which]?.[n] ?? 0;
          return { day, cohort: name ?? '', accounts, bound: moved };
        });
      });
    },
    hours() {
      const noise = randomFrom(seed + 1);
      const sum = HOURS.reduce((a, b) => a + b, 0);
      let moved = 0;
      const rows: ReturnType<MadeHistory['hours']> = [];
      for (const [n, day] of days.entries()) {
        moved += rates.byDayBound[n] ?? 0;
        const share = rates.all === 0 ? 0 : moved / rates.all;
        for (const [local, part] of HOURS.entries()) {
          const hour = Math.floor((day * DAY + local * HOUR - ZONE) / HOUR);
          if (hour * HOUR > now - HOUR) continue;
          const started = Math.round((rates.all * (alive[n] ?? 0) * part * (0.8 + noise() * 0.4)) / sum);
          const refused = Math.round(started * 0.004 * noise());
          const satisfied = Math.round((started - refused) * (0.955 + noise() * 0.03));
          const bySms = Math.round(satisfied * (1 - share * 0.88));
          rows.push({
            hour,
            started,
            satisfied,
            bySms,
            rejected: Math.round(started * (0.02 + noise() * 0.04)),
            refused,
          });
        }
      }
      return rows;
    },
    campaigns: () =>
      waves.map((wave, n) => ({
        id: makeId('cam', wave.day * DAY, bytes()),
        at: wave.day * DAY - ZONE + 10 * HOUR,
        cohort: wave.cohort,
        reminded: reminded[n] ?? 0,
        reason: wave.reason,
      })),
  };
}

function pick(random: () => number, parts: readonly number[]): number {
  let left = random() * parts.reduce((a, b) => a + b, 0);
  for (const [n, part] of parts.entries()) if ((left -= part) < 0) return n;
  return parts.length - 1;
}
const pickHour = (random: () => number): number => pick(random, HOURS);
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const letter = (text: string, random: () => number): string => text.charAt(Math.floor(random() * text.length));
const nameFrom = (random: () => number): string =>
  `${letter(FAMILY, random)}${letter(GIVEN, random)}${random() < 0.7 ? letter(GIVEN, random) : ''}`;

/** A number of the right shape; none of them is anybody's that we know of, and the demo sends nothing. */
function phoneFrom(random: () => number, isAbroad: boolean): string {
  const digits = (n: number): string => String(Math.floor(random() * 10 ** n)).padStart(n, '0');
  if (isAbroad) return `${['+658', '+614', '+4474', '+1415'][Math.floor(random() * 4)]}${digits(7)}`;
  return random() < 0.25 ? `+86138${digits(8)}` : `+8526${digits(7)}`;
}
