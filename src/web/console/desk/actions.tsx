// The actions of the customer page: those this operator may do on this account, one button each, and what waits of it. `<Actions account="700004" />`.
import { Alert, Anchor, Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { UnknownCustomer } from '../customers/unknown.tsx';
import { Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { useCan } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { ActionDrawer } from './drawer.tsx';
import type { Action, DeskOptions } from './types.ts';
import { ACTIONS, DESK } from './words.ts';

/** Nothing for an operator who may do nothing to customers. */
export function Actions({ account }: { readonly account: string }) {
  const can = useCan()('customers:act');
  const options = useGet<DeskOptions>(can ? `/v1/console/accounts/${encodeURIComponent(account)}/actions` : null);
  return can ? (
    <Shown of={options} instead={{ 'account-unknown': <UnknownCustomer account={account} /> }}>
      {(data) => <Bar options={data} />}
    </Shown>
  ) : null;
}

function Bar({ options }: { readonly options: DeskOptions }) {
  const t = useWords(DESK);
  const say = useWords(ACTIONS);
  const [action, setAction] = useState<Action | null>(null);
  const [first] = options.cases;
  return (
    <Stack gap="sm">
      {first === undefined ? null : (
        <Alert color="yellow" variant="light" title={t.waiting(options.cases.length)}>
          <Anchor c="inherit" td="underline" href={hrefOf(`cases/${first}`)}>
            {t.toCase}
          </Anchor>
        </Alert>
      )}
      <Group gap="xs" role="group" aria-label={t.actions}>
        {options.actions.map((one) => (
          <Button key={one.action} variant="default" size="sm" onClick={() => setAction(one.action)}>
            {say[one.action]}
          </Button>
        ))}
      </Group>
      {action === null ? null : (
        <ActionDrawer key={action} options={options} action={action} onClose={() => setAction(null)} />
      )}
    </Stack>
  );
}
