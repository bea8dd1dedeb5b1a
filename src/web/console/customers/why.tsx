// Why a login went as it did (OP-1.6): what was decided, by which version of the policy, which rules were tried and what each condition found, and what
// came after; for a wrong code, what it would have been.
import { Alert, Badge, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMethod } from '../events/event.tsx';
import { Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { CONDITIONS } from '../policy/words.ts';
import { useGet } from '../server/calls.tsx';
import { Line } from './line.tsx';
import { Fact } from './section.tsx';
import type { LoginWhy } from './types.ts';
import { CUSTOMER, WHY } from './words.ts';

const PHASES = { 'sms-only': 1, coexist: 1, 'totp-only': 1 } as const;

export function Why({ login }: { readonly login: string }) {
  const found = useGet<LoginWhy>(`/v1/console/logins/${login}/why`);
  return <Shown of={found}>{(why) => <Told why={why} />}</Shown>;
}

function Told({ why }: { readonly why: LoginWhy }) {
  const t = useWords(WHY);
  const customer = useWords(CUSTOMER);
  const method = useMethod();
  const list = (types: readonly string[]): string => types.map(method).join(', ') || t.nothing;
  const reason = (code: string): string => {
    const told: unknown = (t as Readonly<Record<string, unknown>>)[code];
    return typeof told === 'string' ? told : code;
  };
  const conditions: Readonly<Record<string, string>> = useWords(CONDITIONS);
  // Values are the policy's own words: methods and phases have names people know.
  const spoken = (value: string): string =>
    value === ''
      ? t.nothing
      : value
          .split(/[ ,]+/)
          .map((one) => (one in PHASES ? customer[one as keyof typeof PHASES] : method(one)))
          .join(', ');
  const { decision, facts } = why;
  const said =
    why.refusal !== undefined
      ? t.refuse(reason(why.refusal))
      : decision.kind === 'allow'
        ? t.allow
        : decision.kind === 'refuse'
          ? t.refuse(reason(decision.why ?? ''))
          : t[decision.kind](list(decision.types));
  return (
    <Stack>
      {why.isRecorded ? null : <Alert color="yellow">{t.unrecorded}</Alert>}
      <div>
        <Text fw={650}>{said}</Text>
        {decision.recovery.length > 0 ? <Text size="sm">{t.recovery(list(decision.recovery))}</Text> : null}
        {why.trusted === undefined ? null : <Text size="sm">{t.trusted}</Text>}
        <Text size="sm" c="dimmed">
          {why.policyVersion === why.policyVersionNow
            ? t.version(why.policyVersion)
            : t.versionOld(why.policyVersion, why.policyVersionNow)}
        </Text>
      </div>
      <Title order={3} size="h2">
        {t.facts}
      </Title>
      <SimpleGrid cols={2} spacing="sm" component="dl" m={0}>
        <Fact name={t.client}>
          {facts.client} {facts.version} {facts.tooOld ? <Badge color="red">{t.tooOld}</Badge> : null}
        </Fact>
        <Fact name={customer.phase}>{customer[facts.phase]}</Fact>
        <Fact name={customer.cohort}>{facts.cohort ?? customer.none}</Fact>
        <Fact name={t.bound}>{list(facts.bound)}</Fact>
      </SimpleGrid>
      <Title order={3} size="h2">
        {t.rules}
      </Title>
      <ol className="happenings">
        {why.trace.map((step) => (
          <li key={step.rule}>
            <Group gap="xs">
              <Text size="sm" fw={550}>
                {step.rule}
              </Text>
              <Badge variant="light" color={step.matched ? 'green' : 'gray'}>
                {step.matched ? t.matched : t.passed}
              </Badge>
            </Group>
            {step.conditions.length === 0 ? (
              <Text size="xs" c="dimmed">
                {t.always}
              </Text>
            ) : (
              step.conditions.map((one) => (
                <Text key={one.condition} size="xs" c="dimmed">
                  {one.held ? '✓' : '✗'}{' '}
                  {t.wanted(conditions[one.condition] ?? one.condition, spoken(one.wanted), spoken(one.found))}
                </Text>
              ))
            )}
          </li>
        ))}
      </ol>
      <Title order={3} size="h2">
        {t.steps}
      </Title>
      <ol className="happenings">
        {why.steps.map((one) => (
          <li key={one.seq}>
            <Line one={one} />
          </li>
        ))}
      </ol>
    </Stack>
  );
}
