// The demo's operators: one for each role, two for security, so that one can approve what the other asks for. Made through the same flows as real ones;
// their authenticator keys stay in the demo's key file, because the store holds them sealed.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../../compose.ts';
import { OPERATORS } from '../../core/operator/operator.ts';
import type { Role } from '../../core/operator/roles.ts';
import { consoleOf } from '../../flows/operator/console.ts';
import { completeJoin, startFirstMethod, startJoin } from '../../flows/operator/join.ts';
import { inviteOperator } from '../../flows/operator/people.ts';
import { hotp } from '../../otp/hotp.ts';
import { parseOtpauthUri } from '../../otp/otpauth.ts';
import { DEMO_TENANTS } from './tenants.ts';

export interface DemoOperator {
  readonly login: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  /** What an authenticator app is given: an otpauth URI, and its secret in Base32. */
  readonly totpUri: string;
  readonly totpKey: string;
}

const PEOPLE: readonly Pick<DemoOperator, 'login' | 'name' | 'password' | 'roles'>[] = [
  { login: 'mei.lam', name: '林美儀', password: 'demo-support-mei', roles: ['support'] },
  { login: 'kit.chan', name: '陳傑', password: 'demo-security-kit', roles: ['security'] },
  { login: 'jun.wu', name: '吴军', password: 'demo-security-jun', roles: ['security'] },
  { login: 'may.ho', name: 'May Ho', password: 'demo-administrator-may', roles: ['administrator'] },
  { login: 'lee.ng', name: 'Lee Ng', password: 'demo-viewer-lee', roles: ['viewer'] },
];

const BROWSER = { ip: '127.0.0.1', userAgent: null, sessionHash: null };
const DEMO = { tenantId: '', actor: 'demo', keyId: 'demo', client: null };

/** Creates who is missing, for all of the demo's tenants, and gives them with what they sign in with. */
export async function seedOperators(house: House, folder: string): Promise<readonly DemoOperator[]> {
  await house.readyForOperators();
  const file = join(folder, 'demo-operators.json');
  const known: Record<string, string> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
    : {};
  const missing = PEOPLE.filter(({ login }) => known[login] === undefined);
  for (const [login, uri] of await Promise.all(
    missing.map(async (one) => [one.login, await joined(house, one)] as const),
  ))
    known[login] = uri;
  if (missing.length > 0) {
    writeFileSync(`${file}.new`, JSON.stringify(known), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return PEOPLE.map((one) => {
    const totpUri = known[one.login] ?? '';
    return { ...one, totpUri, totpKey: new URL(totpUri).searchParams.get('secret') ?? '' };
  });
}

/** Invites and joins; killed half-way, the next start resets and joins again. */
async function joined(house: House, { login, name, password, roles }: (typeof PEOPLE)[number]): Promise<string> {
  const { ports } = house;
  const tenants = Object.fromEntries(DEMO_TENANTS.map(({ id }) => [id, roles]));
  const made = await inviteOperator(ports, DEMO, { login, name, tenants });
  if (made.kind !== 'invited' || made.link === null) throw new Error(`the demo operator ${login} was not invited`);
  const { token } = made.link;
  const portal = consoleOf(await ports.tenants.get(OPERATORS, 0));
  const began = await startJoin(ports, portal, { token, name, password }, BROWSER);
  if (began.kind === 'refused') throw new Error(`the demo operator ${login} was refused: ${began.code}`);
  const found = await ports.sessions.visit(OPERATORS, ports.tokens.hash(began.token));
  if (found === undefined) throw new Error(`the demo operator ${login} has no visit`);
  const binding = await startFirstMethod(ports, portal, found.visit, 'totp');
  if (binding.kind === 'refused') throw new Error(`the demo operator ${login} was refused: ${binding.code}`);
  const uri = binding.shown.uri ?? '';
  const key = parseOtpauthUri(uri);
  // The code of the step before: the one of now stays good for whoever reads the key and signs in at once.
  const step = Math.floor(found.now / 1000 / key.periodSeconds) - 1;
  const output = hotp(key.secret, step, { algorithm: key.algorithm, digits: key.digits });
  const done = await completeJoin(ports, portal, found.visit, BROWSER, { token, binding: binding.id, output });
  if (done.kind === 'refused') throw new Error(`the demo operator ${login} was refused: ${done.code}`);
  return uri;
}
