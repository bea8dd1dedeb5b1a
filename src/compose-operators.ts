// The part of compose.ts about operators: their tenant, and what the console needs beside what everybody needs.
import { randomBytes } from 'node:crypto';
import { OPERATORS } from './core/operator/operator.ts';
import type { Ports } from './core/ports.ts';
import { publishPolicy } from './flows/registry.ts';
import { OPERATORS_POLICY } from './operators-policy.ts';
import type { HttpPorts } from './protocols/http/handler.ts';
import type { Keyring } from './storage/keyring.ts';
import { hashKey, keyToken, type Registry } from './storage/registry.ts';

/** Makes sure that there is the tenant whose accounts the operators are, with this version's policy. Safe on every node at once. */
export async function readyForOperators(registry: Registry, keys: Keyring, ports: Ports): Promise<void> {
  const held = await registry.find(OPERATORS);
  if (held === undefined)
    // Two nodes may begin at once: the other's is as good.
    await registry
      .create({ id: OPERATORS, name: 'Hufu', document: OPERATORS_POLICY, actor: 'system' })
      .catch(async (error: unknown) => {
        if ((await registry.find(OPERATORS)) === undefined) throw error;
      });
  else if (held.document !== OPERATORS_POLICY)
    await publishPolicy(ports, { tenantId: OPERATORS, document: OPERATORS_POLICY, actor: 'system', reason: 'upgrade' });
  await keys.ready(OPERATORS);
}

/** The secret of a new API key, 192 random bits. */
export const freshKey: HttpPorts['freshKey'] = () => {
  const secret = randomBytes(24).toString('base64url');
  return { hashOf: (id) => hashKey(id, secret), tokenOf: (id) => keyToken(id, secret) };
};
