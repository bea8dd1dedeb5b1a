import { DatabaseSync } from 'node:sqlite';
import { ACCOUNT_SQL, CHALLENGE_SQL } from '../../src/storage/snapshots.ts';
import { compile } from '../../src/storage/sql.ts';
import { idOf } from './fixtures.ts';

const d = new DatabaseSync('/tmp/w/bench2/hufu.db');
d.exec('PRAGMA mmap_size=1073741824; PRAGMA cache_size=-65536');
const t = (name: string, sql: string, arr = true, get = false) => {
  const c = compile(sql, (n) => '?' + n, undefined);
  const s = d.prepare(c.text);
  if (arr) s.setReturnArrays(true);
  const v = (i: number) => c.names.map((n) => (n === 'now' ? Date.now() : n === 'tenant' ? 'bench' : idOf('lgn', i)));
  const ids = Array.from({ length: 20000 }, (_, i) => v(i));
  for (let i = 0; i < 2000; i++) s.all(...(ids[i] as string[]));
  const a = performance.now();
  for (const x of ids) get ? s.get(...(x as string[])) : s.all(...(x as string[]));
  console.log(name.padEnd(40), (((performance.now() - a) / 20000) * 1000).toFixed(2), 'us');
};
d.exec('BEGIN');
t('in txn full', CHALLENGE_SQL);
t('in txn just challenge row', 'SELECT c.id, c.status FROM challenges c WHERE c.id=@id AND c.tenant_id=@tenant');
d.exec('COMMIT');
t('full', CHALLENGE_SQL);
t('full get', CHALLENGE_SQL, true, true);
const from = CHALLENGE_SQL.slice(CHALLENGE_SQL.indexOf('FROM challenges'));
t('1 col, all joins', 'SELECT c.id ' + from);
t('2 cols count', 'SELECT count(*) ' + from);
t('no failed subqueries', CHALLENGE_SQL.replace(/\(SELECT f\.n[^)]*\)/g, 'NULL'));
t('no sent join', CHALLENGE_SQL.replace(/LEFT JOIN sent_codes s ON[^\n]*/, '').replace(/s\.(\w+)/g, 'NULL'));
t('just challenge row', 'SELECT c.id, c.status FROM challenges c WHERE c.id=@id AND c.tenant_id=@tenant');
t(
  'challenge+account',
  'SELECT c.id, c.status,a.id FROM challenges c JOIN accounts a ON a.id=c.account_id WHERE c.id=@id AND c.tenant_id=@tenant',
);
t(
  'challenge+account+tenant',
  'SELECT c.id, c.status,a.id,t.version FROM challenges c JOIN accounts a ON a.id=c.account_id JOIN tenants t ON t.id=c.tenant_id WHERE c.id=@id AND c.tenant_id=@tenant',
);
t(
  'auth only',
  'SELECT c.id, c.status,u.id FROM challenges c LEFT JOIN authenticators u ON u.account_id=c.account_id WHERE c.id=@id AND c.tenant_id=@tenant',
);
t('select 1', 'SELECT 1');
