// What operators run beside us: HAProxy before two real nodes on one PostgreSQL, and Prometheus' own judge of our rules and metrics.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../src/commands/free-port.ts';
import { aHouse } from '../kit.ts';
import { aPostgres } from '../postgres.ts';
import { aServer, aTenant, codeNow } from '../stories/nodes-kit.ts';
import { needs } from './peer.ts';

const deploy = (name: string): string => join(import.meta.dirname, '../../deploy', name);

describe('NF-3 several nodes behind HAProxy', () => {
  it('NF-3 OTP-03 one code sent many times at once through the balancer is accepted once; a node that dies is left out', async (context) => {
    needs('haproxy', context);
    const pg = await aPostgres();
    const folder = mkdtempSync(join(tmpdir(), 'hufu-haproxy-'));
    const postgres = await pg.database();
    const tenant = await aTenant({ folder, postgres });
    const nodes = [await aServer({ folder, postgres }), await aServer({ folder, postgres })];
    const port = await freePort('127.0.0.1');
    const config = readFileSync(deploy('haproxy.cfg'), 'utf8')
      .replace('127.0.0.1:8443', `127.0.0.1:${port}`)
      .replace('127.0.0.1:8421', new URL(nodes[0]!.url).host)
      .replace('127.0.0.1:8422', new URL(nodes[1]!.url).host);
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, config);
    execFileSync('haproxy', ['-c', '-f', file]);
    const haproxy = spawn('haproxy', ['-f', file, '-db'], { stdio: 'ignore' });
    const base = `http://127.0.0.1:${port}`;
    const call = (path: string, body: unknown): Promise<Response> =>
      fetch(base + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    try {
      await expect
        .poll(
          () =>
            fetch(`${base}/readyz`).then(
              (r) => r.status,
              () => 0,
            ),
          { timeout: 20_000 },
        )
        .toBe(200);
      const [person] = await tenant.people(1);
      for (let round = 0; round < 3; round++) {
        const logins = await tenant.logins(person!, 32);
        const output = codeNow(person!, round - 1);
        const answers = await Promise.all(
          logins.map((id) => call(`/v1/logins/${id}/verify`, { output, assertion: false })),
        );
        const accepted = answers.filter((a) => a.status === 200).length;
        expect(accepted, `round ${round}`).toBe(1);
        await call(`/v1/console/accounts/${person!.account}/unlock`, { reason: 'test', operator: 'test' });
      }
      await nodes[0]!.kill();
      await expect
        .poll(
          async () =>
            (
              await Promise.all(
                Array.from({ length: 8 }, () =>
                  fetch(`${base}/readyz`).then(
                    (r) => r.status,
                    () => 0,
                  ),
                ),
              )
            ).every((s) => s === 200),
          { timeout: 20_000 },
        )
        .toBe(true);
    } finally {
      haproxy.kill('SIGKILL');
      await nodes[1]!.stop();
      await tenant.close();
      await pg.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('IN-1.6 Prometheus', () => {
  it('IN-1.6 promtool finds no fault with the rules and the metrics', async (context) => {
    needs('promtool', context);
    const rules = spawnSync('promtool', ['check', 'rules', deploy('prometheus/alerts.yml')], { encoding: 'utf8' });
    expect(rules.status, rules.stderr).toBe(0);
    const tried = spawnSync('promtool', ['test', 'rules', deploy('prometheus/alerts.test.yml')], { encoding: 'utf8' });
    expect(tried.status, tried.stdout + tried.stderr).toBe(0);
    await using h = await aHouse();
    await h.account('700001');
    await h.house.count();
    const admin = await h.house.admin();
    const { body } = await admin.inject('/metrics');
    await admin.close();
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' });
    // Its taste in names is not ours to obey for sums that the store keeps; what it cannot read would be an error.
    expect(checked.stderr).not.toMatch(/error while (parsing|linting)/);
    const names = new Set([...body.matchAll(/^# TYPE (\w+)/gm)].map((m) => m[1]));
    const used = [
      ...readFileSync(deploy('grafana/hufu.json'), 'utf8').matchAll(/hufu_\w+/g),
      ...readFileSync(deploy('prometheus/alerts.yml'), 'utf8').matchAll(/hufu_\w+/g),
    ];
    for (const [name] of used) expect(names, name).toContain(name.replace(/_bucket$/, ''));
  });
});
