// What a monitor sees on the admin listener.
import { describe, expect, it } from 'vitest';
import { aHouse, aLogin, STAR_95, verify } from '../kit.ts';

describe('IN-1.6 metrics', () => {
  it('IN-1.6 tells logins, wrong codes, adoption and messages, and nobody by name', async () => {
    await using h = await aHouse();
    const admin = await h.house.admin();
    await h.account('700001', { cohort: 'pilot', name: '陈大文' });
    const login = await aLogin(h, '700001', STAR_95);
    await h.call('POST', `/v1/logins/${login.id}/send`, {});
    const code = await h.smsCode();
    await verify(h, login.id, code === '000000' ? '111111' : '000000');
    await verify(h, login.id, code);
    await h.house.seal();
    await h.house.count();
    const { body, headers } = await admin.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toContain('hufu_logins_total{tenant="t1",result="satisfied"} 1');
    expect(body).toContain('hufu_logins_by_sms_total{tenant="t1"} 1');
    expect(body).toContain('hufu_outputs_rejected_total{tenant="t1"} 1');
    expect(body).toContain('hufu_accounts{tenant="t1",cohort="pilot"} 1');
    expect(body).toContain('hufu_accounts_bound{tenant="t1",cohort="pilot"} 0');
    expect(body).toContain('hufu_part_up{part="database"} 1');
    expect(body).toMatch(/hufu_http_requests_total\{method="POST",route="\/v1\/logins\/:id\/verify",status="422"\} 1/);
    expect(body).toMatch(/hufu_http_request_seconds_bucket\{le="2.5",route="\/v1\/logins"\} 1/);
    expect(body).not.toMatch(/700001|陈大文|\+852/);
    await admin.close();
  });

  it('IN-1.6 a scrape while the database is away says so', async () => {
    const h = await aHouse();
    const admin = await h.house.admin();
    await h.house.db.close();
    const { statusCode, body } = await admin.inject('/metrics');
    expect(statusCode).toBe(200);
    expect(body).toContain('hufu_part_up{part="database"} 0');
    await admin.close();
    await h.app.close();
  });
});
