// The channels messages go out by: whether each is set up and works, and a test message to oneself.
import { Alert, Badge, Button, Card, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { ChannelTest, Integrations } from '../../../contract/schemas/integrations.ts';
import { COMMON } from '../parts/common.ts';
import { useDates } from '../parts/dates.ts';
import { useLayer } from '../parts/layers.ts';
import { Failed } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet, useSend } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { INTEGRATIONS } from './words.ts';

type Channel = z.infer<typeof Integrations>['channels'][number];
type Test = z.infer<typeof ChannelTest>;
type Testable = 'sms' | 'email';

export function Channels({ channels }: { readonly channels: readonly Channel[] }) {
  const [tested, setTested] = useState<Testable | null>(null);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        {channels.map((one) => (
          <ChannelCard key={one.channel} of={one} onTest={setTested} />
        ))}
      </SimpleGrid>
      {tested === null ? null : <TestDialog channel={tested} onClose={() => setTested(null)} />}
    </>
  );
}

function ChannelCard({ of, onTest }: { readonly of: Channel; readonly onTest: (channel: Testable) => void }) {
  const t = useWords(INTEGRATIONS);
  const can = useCan();
  const dates = useDates();
  const { channel } = of;
  const isQuiet = of.sent + of.failed + of.waiting === 0;
  const [word, color] = !of.isConfigured
    ? ([t.off, 'gray'] as const)
    : of.failed > 0
      ? ([t.bad, 'red'] as const)
      : isQuiet
        ? ([t.quiet, 'gray'] as const)
        : ([t.good, 'jade'] as const);
  return (
    <Card withBorder padding="md">
      <Stack gap="xs" justify="space-between" h="100%">
        <div>
          <Group justify="space-between" mb="xs">
            <Text fw={600}>{t[channel]}</Text>
            <Badge color={color} variant="outline" tt="none">
              {word}
            </Badge>
          </Group>
          {isQuiet ? null : <Text size="sm">{t.counts(of.sent, of.failed, of.waiting)}</Text>}
          {of.lastSentAt === null ? null : (
            <Text size="sm" c="dimmed">
              {t.last(dates.ago(of.lastSentAt))}
            </Text>
          )}
          {of.lastFailedAt === null ? null : (
            <Text size="sm">{t.error(dates.ago(of.lastFailedAt), of.lastError ?? '')}</Text>
          )}
        </div>
        {(channel === 'sms' || channel === 'email') && of.isConfigured && can('integrations:write') ? (
          <Button variant="default" size="xs" onClick={() => onTest(channel)} aria-label={`${t.test} · ${t[channel]}`}>
            {t.test}
          </Button>
        ) : null}
      </Stack>
    </Card>
  );
}

function TestDialog({ channel, onClose }: { readonly channel: Testable; readonly onClose: () => void }) {
  const t = useWords(INTEGRATIONS);
  const common = useWords(COMMON);
  const [to, setTo] = useState('');
  const send = useSend<Test>('POST', `/v1/console/channels/${channel}/test`, { changes: ['/v1/console/integrations'] });
  const result = useGet<Test>(send.data === undefined ? null : `/v1/console/channel-tests/${send.data.id}`, {
    everyMs: 1500,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate({ to });
  };
  const test = result.data ?? send.data;
  return (
    <Modal {...useLayer(true, onClose)} title={`${t.test} · ${t[channel]}`}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={channel === 'sms' ? t.testTo : t.testToMail}
            type={channel === 'sms' ? 'tel' : 'email'}
            autoComplete={channel === 'sms' ? 'tel' : 'email'}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            maxLength={254}
            data-autofocus
            required
          />
          {send.error === null ? null : <Failed error={send.error} isPage={false} />}
          <div role="status" aria-live="polite">
            {test === undefined ? null : (
              <Alert
                variant="light"
                color={test.status === 'failed' ? 'red' : test.status === 'sent' ? 'jade' : 'gray'}
                role="presentation"
              >
                {test.status === 'waiting'
                  ? t.waiting
                  : test.status === 'sent'
                    ? t.sentTo(test.sentTo)
                    : t.failedTo(test.sentTo, test.error ?? '')}
              </Alert>
            )}
          </div>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common.close}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {t.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
