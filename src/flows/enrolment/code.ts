// A phone proves with a code that it holds its secret: compared, counted and spent like any output (rule 1). A wrong one is durable before it is told.
import { CONFLICT, type Conflict, type Write } from '../../core/commit.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { Ports } from '../../core/ports.ts';
import type { StoredAuthenticator } from '../../core/store.ts';
import { countFailure } from '../count-failure.ts';
import { tryOutput } from '../try-output.ts';
import type { Loaded, PhoneCall } from './load.ts';

/** The writes that spend a right code of that key; or the refusal, counted; or a lost race. */
export async function proveCode(
  ports: Ports,
  call: PhoneCall,
  { policy, snapshot }: Loaded,
  key: StoredAuthenticator,
  output: string,
): Promise<{ readonly kind: 'proven'; readonly writes: readonly Write[] } | Refusal | Conflict> {
  const tried = tryOutput(ports.types, policy, snapshot, [key], ports.canonicalOutput(output), null);
  if (tried.kind === 'stopped') return tried.refusal;
  if (tried.kind === 'invalid')
    return (await countFailure(ports, call.caller, policy, snapshot, tried, { login: null, ip: call.ip })) ?? CONFLICT;
  return { kind: 'proven', writes: tried.writes };
}
