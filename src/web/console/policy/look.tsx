// What a draft would do: its mistakes, what it risks, whom of the last seven days it would affect, and what changed in the text.
import { Alert, Code, List, Stack, Text, Title } from '@mantine/core';
import { Table } from '../parts/table.tsx';
import { useWords } from '../parts/words.tsx';
import { diffLines, withAround } from './diff.ts';
import { useMet } from './rule-text.tsx';
import type { PolicyCheck } from './types.ts';
import { POLICY } from './words.ts';

export function Mistakes({ errors }: { readonly errors: PolicyCheck['errors'] }) {
  const t = useWords(POLICY);
  return (
    <Alert color="red" variant="light" title={t.mistakes(errors.length)} role="alert">
      <List size="sm">
        {errors.map((error) => (
          <List.Item key={`${error.line} ${error.at} ${error.message}`}>
            {error.line === null ? '' : `${t.line(error.line)} · `}
            {error.at === '' ? '' : <Code>{error.at}</Code>} {error.message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

export function Affected({ affected }: { readonly affected: NonNullable<PolicyCheck['affected']> }) {
  const t = useWords(POLICY);
  const met = useMet();
  return (
    <section>
      <Title order={2}>{t.affects}</Title>
      <Text size="sm" c="dimmed">
        {t.ofLately(affected.accounts)}
      </Text>
      <Text my="xs" fw={600} role="status">
        {affected.affected === 0 ? t.nobody : t.wouldChange(affected.affected, affected.refused)}
      </Text>
      {affected.differences.length === 0 ? null : (
        <Table
          label={t.affects}
          rows={affected.differences}
          idOf={(d) => JSON.stringify([d.before, d.after])}
          columns={[
            { id: 'today', head: t.today, cell: (d) => met(d.before) },
            { id: 'then', head: t.afterwards, cell: (d) => met(d.after) },
            { id: 'accounts', head: t.accounts, cell: (d) => d.accounts, sort: (d) => d.accounts, isNumber: true },
            {
              id: 'clients',
              head: t.clients,
              cell: (d) => d.clients.map((c) => `${c.client ?? t.never} ${c.accounts}`).join(', '),
            },
          ]}
        />
      )}
    </section>
  );
}

/** A text in which what is to be written as it is stands between backticks. */
const WithCode = ({ text }: { readonly text: string }) =>
  text.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names but their places
      <Code key={at} style={{ overflowWrap: 'anywhere' }}>
        {part}
      </Code>
    ),
  );

export function Risks({ findings }: { readonly findings: NonNullable<PolicyCheck['findings']> }) {
  const t = useWords(POLICY);
  return (
    <section>
      <Title order={2}>{t.risks}</Title>
      {findings.length === 0 ? (
        <Text size="sm">{t.noRisks}</Text>
      ) : (
        <Stack gap="xs" mt="xs">
          {findings.map((f) => (
            <Alert
              key={f.rule}
              color={f.level === 'warning' ? 'yellow' : 'gray'}
              variant="light"
              title={`${f.at} · ${f.where}`}
            >
              <Text size="sm">
                <WithCode text={f.risk} />
              </Text>
              <Text size="sm" mt={4}>
                {t.instead} <WithCode text={f.instead} />
              </Text>
            </Alert>
          ))}
        </Stack>
      )}
    </section>
  );
}

const COLOURS = { same: 'inherit', removed: 'var(--mantine-color-red-text)', added: 'var(--mantine-color-green-text)' };
const SIGNS = { same: ' ', removed: '-', added: '+' } as const;

export function Changes({ before, after }: { readonly before: string; readonly after: string }) {
  const t = useWords(POLICY);
  const lines = withAround(diffLines(before, after), 2);
  return (
    <section>
      <Title order={2}>{t.changes}</Title>
      {lines.length === 0 ? (
        <Text size="sm">{t.noChanges}</Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys (WCAG 2.1.1)
        <div className="scroll" tabIndex={0} role="region" aria-label={t.changes}>
          <Code block>
            {lines.map((line, at) =>
              line === null ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names but their places
                <span key={at}>{'⋯\n'}</span>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <span key={at} style={{ color: COLOURS[line.kind] }}>
                  {line.kind === 'same' ? null : (
                    <span className="unseen">{line.kind === 'added' ? t.added : t.removed}</span>
                  )}
                  {`${SIGNS[line.kind]} ${line.text}\n`}
                </span>
              ),
            )}
          </Code>
        </div>
      )}
    </section>
  );
}
