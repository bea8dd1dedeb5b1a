// No such customer: what an operator does next is to look again, not to create the account.
import { Anchor, Stack, Text } from '@mantine/core';
import { useWords } from '../parts/words.tsx';
import { useMe } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { CUSTOMER } from './words.ts';

export function UnknownCustomer({ account }: { readonly account: string }) {
  const t = useWords(CUSTOMER);
  const { tenant, tenants } = useMe();
  const name = tenants.find(({ id }) => id === tenant)?.name ?? tenant;
  return (
    <Stack gap="xs" align="flex-start" role="alert">
      <Text>{t.unknown(account, name)}</Text>
      <Anchor href={hrefOf('customers')}>{t.searchAgain}</Anchor>
    </Stack>
  );
}
