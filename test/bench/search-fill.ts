// Fills a database with the accounts, words and events of a tenant of that size, in bulk. Names, numbers and mail addresses are functions of a number,
// so that a search knows what it must find. Words come from the product's own `termsOf`; only the order they are written in is the bench's.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { QueryConfig } from 'pg';
import type { House } from '../../src/compose.ts';
import { canonicalAccount } from '../../src/core/account/account.ts';
import { termsOf } from '../../src/core/search/terms.ts';
import { LETTERS } from '../../src/storage/writes/search.ts';
import { idOf } from './fixtures.ts';

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙史陶贺顾毛郝龚邵万钱严覃武莫孔汤',
];
const GIVEN = [
  ...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉健玲红鹏华飞鑫波斌宇浩凯莉林雪梅兰婷建国志永春玉龙海山仁晓光天达安岩中茂进有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭',
];
const LATIN_SURNAMES =
  'Chan Wong Lee Cheung Lau Ho Leung Cheng Ng Lam Yeung Tang Kwok Tsang Yip Fung Mak Siu Poon Choi Tam Lai Chow Kwan Tse Hui Law Ma So Au Smith Jones Brown Taylor Wilson Nguyen Tran Garcia Mueller Rossi'.split(
    ' ',
  );
const SYLLABLES =
  'Wai Ka Siu Chi Yuk Wing Man Kin Ming Lai Fong Yee Kwok Tsz Hei Yin Sze Lok Hang Pui Shan Kit Ching Mei Tak Hon Chun Yat Long Tin'.split(
    ' ',
  );
const COMPANY = [...'华远信达丰盛通泰恒安瑞祥金海天龙东方国际大成中和'];

const digest = (n: number): Buffer => createHash('sha1').update(`customer ${n}`).digest();

export interface Customer {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

/** The `n`th customer. Four in ten have a Chinese name, four a romanised one, one both, one is a company. */
export function customer(n: number): Customer {
  const d = digest(n);
  const pick = <T>(list: readonly T[], at: number): T => list[(d.readUInt16BE(at) * list.length) >> 16] as T;
  // Surnames are not equally common anywhere: the first ones are several times as frequent.
  const often = <T>(list: readonly T[], at: number): T =>
    list[Math.floor((d.readUInt16BE(at) / 65_536) ** 2 * list.length)] as T;
  const chinese = `${often(SURNAMES, 0)}${pick(GIVEN, 2)}${(d[4] ?? 0) < 200 ? pick(GIVEN, 6) : ''}`;
  const latin = `${often(LATIN_SURNAMES, 8).toUpperCase()} ${pick(SYLLABLES, 10)} ${pick(SYLLABLES, 12)}`;
  const company = `${pick(COMPANY, 0)}${pick(COMPANY, 2)}${pick(COMPANY, 6)}${pick(COMPANY, 8)}(香港)有限公司`;
  const kind = (d[14] ?? 0) % 10;
  return {
    id: idOf('acc', n),
    account: String(70_000_000 + n),
    name: kind < 4 ? chinese : kind < 8 ? latin : kind < 9 ? `${chinese} ${latin}` : company,
    phone:
      kind % 2 === 0
        ? `+8529${String(d.readUInt32BE(15) % 10_000_000).padStart(7, '0')}`
        : `+861${String(3_000_000_000 + (d.readUInt32BE(15) % 6_999_999_999))}`,
    email: `${latin.toLowerCase().replaceAll(' ', '.')}.${n.toString(36)}@${kind < 5 ? 'qq.com' : 'gmail.com'}`,
  };
}

const SIZE = 20_000;
type Say = (text: string) => void;

/** Fills an empty, migrated database; `events` audit events are spread over the accounts. `between` is called before each batch. */
export async function fill(
  house: House,
  tenant: string,
  accounts: number,
  events: number,
  scratch: string,
  say: Say,
  between: () => void | Promise<void> = () => {},
): Promise<void> {
  const { db } = house;
  const began = performance.now();
  const told = (what: string): void => say(`  ${what} after ${Math.round((performance.now() - began) / 1000)} s`);
  const now = Date.now();
  const batches = async (total: number, work: (from: number, to: number) => Promise<void> | void): Promise<void> => {
    for (let from = 0; from < total; from += SIZE) {
      await between();
      await work(from, Math.min(total, from + SIZE));
    }
  };
  const row = (n: number): { account: unknown[]; terms: [string, string, string][] } => {
    const one = customer(n);
    return {
      account: [
        one.id,
        tenant,
        canonicalAccount(one.account),
        one.account,
        one.name,
        one.phone,
        one.email,
        n % 20 === 0 ? 'pilot' : null,
        'zh-HK',
        'active',
        null,
        now,
        1,
      ],
      terms: termsOf(one).map(({ kind, term }) => [LETTERS[kind], term, one.id]),
    };
  };
  const event = (k: number): [string, number, string, string, string, string] => {
    const n = (k * 7_368_787) % accounts;
    return [
      tenant,
      now - k * 1000,
      idOf('acc', n),
      k % 4 === 3 ? 'binding.confirmed' : 'login.satisfied',
      'key:key_bench',
      `{"login":"${idOf('lgn', k)}","type":"totp"}`,
    ];
  };
  const COLUMNS =
    'id, tenant_id, canonical, account, name, phone, email, cohort, locale, status, password_hash, created_at, revision';

  if (db.dialect === 'sqlite') {
    const { raw } = db;
    raw.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA temp_store = FILE; PRAGMA cache_size = -524288; ATTACH '${scratch}' AS scratch;
      PRAGMA scratch.journal_mode = OFF; PRAGMA scratch.synchronous = OFF; CREATE TABLE scratch.words (kind TEXT, term TEXT, account_id TEXT)`);
    const account = raw.prepare(`INSERT INTO accounts (${COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`);
    const word = raw.prepare('INSERT INTO scratch.words VALUES (?,?,?)');
    await batches(accounts, (from, to) => {
      raw.exec('BEGIN');
      for (let n = from; n < to; n++) {
        const { account: values, terms } = row(n);
        account.run(...(values as string[]));
        for (const term of terms) word.run(...term);
      }
      raw.exec('COMMIT');
    });
    told('accounts');
    for (const kind of ['m', 'n', 'p']) {
      await between();
      raw.exec(
        `INSERT INTO account_terms (tenant_id, kind, term, account_id) SELECT '${tenant}', kind, term, account_id FROM scratch.words WHERE kind = '${kind}' ORDER BY 3, 4`,
      );
    }
    told('words');
    const audit = raw.prepare(
      'INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) VALUES (?,?,?,?,?,?)',
    );
    await batches(events, (from, to) => {
      raw.exec('BEGIN');
      for (let k = from; k < to; k++) audit.run(...event(k));
      raw.exec('COMMIT');
    });
    raw.exec(
      'DETACH scratch; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ANALYZE accounts; ANALYZE account_terms',
    );
    rmSync(scratch, { force: true });
  } else {
    const { pool } = db;
    await pool.query('ALTER TABLE account_terms DROP CONSTRAINT account_terms_pkey');
    const type = (c: number): string => (c >= 11 ? 'bigint' : 'text');
    const columns = <T extends unknown[]>(rows: readonly T[], width: number): unknown[][] =>
      Array.from({ length: width }, (_, c) => rows.map((one) => one[c]));
    await batches(accounts, async (from, to) => {
      const rows = Array.from({ length: to - from }, (_, i) => row(from + i));
      await Promise.all([
        pool.query(
          `INSERT INTO accounts (${COLUMNS}) SELECT * FROM unnest(${Array.from({ length: 13 }, (_, c) => `$${c + 1}::${type(c)}[]`).join(', ')})`,
          columns(
            rows.map((one) => one.account),
            13,
          ),
        ),
        pool.query(
          `INSERT INTO account_terms (tenant_id, kind, term, account_id) SELECT '${tenant}', * FROM unnest($1::text[], $2::text[], $3::text[])`,
          columns(
            rows.flatMap((one) => one.terms),
            3,
          ),
        ),
      ]);
    });
    told('accounts and words');
    const client = await pool.connect();
    await client.query(`SET statement_timeout = 0; SET maintenance_work_mem = '1GB'`);
    // Longer than any query of the product may take.
    const long = (text: string) => client.query({ text, query_timeout: 3600_000 } as QueryConfig);
    await long('ALTER TABLE account_terms ADD PRIMARY KEY (tenant_id, kind, term, account_id)');
    told('the index of words');
    await batches(events, async (from, to) => {
      const rows = Array.from({ length: to - from }, (_, i) => event(from + i));
      await client.query(
        'INSERT INTO audit_events (tenant_id, at, account_id, event, actor, data) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])',
        columns(rows, 6),
      );
    });
    await long('VACUUM ANALYZE accounts, account_terms, audit_events');
    client.release();
  }
  told('everything');
}
