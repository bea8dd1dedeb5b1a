// One event of a customer's timeline: what, when, by whom, from where; and the way to why.
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Details, useActor, useEventName, useHint, useMethod } from '../events/event.tsx';
import { useDates } from '../parts/dates.ts';
import { useWords } from '../parts/words.tsx';
import type { Happening } from './types.ts';
import { CUSTOMER } from './words.ts';

const COLOURS = { risk: 'red', operators: 'blue' } as const;

/** One event: what, when, by whom, from where. */
export function Line({ one, onWhy }: { readonly one: Happening; readonly onWhy?: () => void }) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  const name = useEventName();
  const actor = useActor();
  const hint = useHint()(one.event, one.data);
  const method = useMethod();
  const flag = one.kinds.includes('risk') ? 'risk' : one.kinds.includes('operators') ? 'operators' : null;
  const type = one.data['type'];
  const { where } = one;
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {name(one.event)}
          </Text>
          {typeof type === 'string' ? <Text size="sm">{method(type)}</Text> : null}
          {flag === null ? null : (
            <Badge variant="light" size="sm" color={COLOURS[flag]}>
              {t[flag]}
            </Badge>
          )}
        </Group>
        {onWhy === undefined || one.login === undefined ? null : (
          <Anchor component="button" type="button" size="sm" onClick={onWhy} style={{ flexShrink: 0 }}>
            {t.why}
            <span className="unseen"> {dates.at(one.at)}</span>
          </Anchor>
        )}
      </Group>
      {hint === undefined ? null : <Text size="sm">{hint}</Text>}
      <Text size="xs" c="dimmed" className="digits">
        {[
          dates.at(one.at),
          actor(one.actor),
          where === undefined ? null : `${where.client} ${where.version}`,
          where?.ip ?? null,
          where?.device ?? null,
        ]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </Text>
      <Details
        data={Object.fromEntries(
          Object.entries(one.data).filter(([key]) => key !== 'type' && (hint === undefined || key !== 'reason')),
        )}
      />
    </>
  );
}
