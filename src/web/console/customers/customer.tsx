// Everything about one customer on one page (OP-1.1): status first, then what they have, and beside it what happened. Read only; what may be done stands at its head.
import { Alert, Anchor, Badge, Group, SimpleGrid, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { LOCALE_NAMES } from '../../words/locales.ts';
import { Actions } from '../desk/actions.tsx';
import type { PageGiven } from '../given.ts';
import { useDates } from '../parts/dates.ts';
import { Page } from '../parts/page.tsx';
import { Shown } from '../parts/states.tsx';
import { useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { useMe } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { AppPasswords, ClientDevices, Messages, Methods, Phones, TrustedDevices } from './holdings.tsx';
import { remember } from './recents.ts';
import { Fact, Section } from './section.tsx';
import { TimelinePanel } from './timeline.tsx';
import type { Customer as CustomerReply } from './types.ts';
import { UnknownCustomer } from './unknown.tsx';
import { CUSTOMER, SEARCH } from './words.ts';

export function Customer({ params }: PageGiven) {
  const t = useWords(CUSTOMER);
  const account = params['account'] ?? '';
  const { tenant } = useMe();
  const found = useGet<CustomerReply>(`/v1/console/accounts/${encodeURIComponent(account)}`);
  const customer = found.data;
  useEffect(() => {
    if (customer !== undefined) remember(tenant, customer.account);
  }, [tenant, customer]);
  return (
    <Page
      title={customer === undefined ? account : `${customer.account} ${customer.name ?? ''}`.trim()}
      hint={<Anchor href={hrefOf('customers')}>{t.back}</Anchor>}
    >
      <Shown of={found} instead={{ 'account-unknown': <UnknownCustomer account={account} /> }}>
        {(one) => (
          <Stack gap="lg">
            <Status customer={one} />
            <Actions account={one.account} />
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
              <Stack gap="lg">
                <Methods customer={one} />
                <Phones customer={one} />
                <TrustedDevices customer={one} />
                <AppPasswords customer={one} />
                <ClientDevices customer={one} />
                <Messages customer={one} />
              </Stack>
              <TimelinePanel account={one.account} />
            </SimpleGrid>
          </Stack>
        )}
      </Shown>
    </Page>
  );
}

function Status({ customer: one }: { readonly customer: CustomerReply }) {
  const t = useWords(CUSTOMER);
  const state = useWords(SEARCH);
  const dates = useDates();
  const { locked } = one;
  return (
    <Stack gap="sm">
      {locked === null ? null : (
        <Alert color="red" variant="light" title={t.locked}>
          {t.lockedSince(locked.failures, dates.at(locked.since))}{' '}
          {locked.until === null ? t.byOperator : t.until(dates.at(locked.until))}
        </Alert>
      )}
      {one.suspensions.map(({ by, since }) => (
        <Alert key={by} color="red" variant="light" title={t[`by-${by}`]}>
          {t[`lifts-${by}`](dates.at(since))}
        </Alert>
      ))}
      <Group gap="xs">
        <Badge size="lg" variant="light" color={one.status === 'active' ? 'green' : 'red'}>
          {state[one.status]}
        </Badge>
        <Badge size="lg" variant="light" color="blue">
          {t[one.phase]}
        </Badge>
        {one.cohort === undefined ? null : (
          <Badge size="lg" variant="light" color="gray" tt="none">
            {t.cohort} {one.cohort}
          </Badge>
        )}
      </Group>
      <Section title={t.overview}>
        <SimpleGrid cols={{ base: 2, sm: 3, xl: 6 }} spacing="sm" component="dl" m={0}>
          <Fact name={t.phone}>{one.contacts.phone ?? t.none}</Fact>
          <Fact name={t.mail}>{one.contacts.email ?? t.none}</Fact>
          <Fact name={t.lastLogin}>{one.lastLoginAt === null ? t.never : dates.ago(one.lastLoginAt)}</Fact>
          <Fact name={t.sessions}>{one.sessions}</Fact>
          <Fact name={t.language}>{LOCALE_NAMES[one.locale]}</Fact>
          <Fact name={t.since}>{dates.day(one.createdAt)}</Fact>
        </SimpleGrid>
      </Section>
    </Stack>
  );
}
