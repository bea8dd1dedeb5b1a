// What a customer has: methods, phones, trusted devices, app passwords, client devices, and what was sent to them. Never a secret (OPS-09).
import { Badge, Group } from '@mantine/core';
import { useMethod } from '../events/event.tsx';
import { useDates } from '../parts/dates.ts';
import { useWords } from '../parts/words.tsx';
import { Rows, Section } from './section.tsx';
import type { Customer } from './types.ts';
import { CUSTOMER } from './words.ts';
import './customers.css';

interface Props {
  readonly customer: Customer;
}

const dotted = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' · ');

export function Methods({ customer }: Props) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  const method = useMethod();
  return (
    <Section title={t.methods}>
      <Rows
        of={customer.methods}
        idOf={(one) => one.id}
        none={t.noMethods}
        row={(one) => ({
          name: (
            <Group gap="xs">
              {dotted(method(one.type), one.hint)}
              {one.status === 'frozen' ? (
                <Badge color="red" variant="light">
                  {t.frozen}
                </Badge>
              ) : null}
            </Group>
          ),
          said: dotted(
            t.boundAt(dates.at(one.boundAt)),
            one.codesLeft === undefined ? null : t.codesLeft(one.codesLeft),
          ),
        })}
      />
    </Section>
  );
}

export function Phones({ customer: { phones } }: Props) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  const { registration } = phones;
  return (
    <Section title={t.phones} aside={dotted(t.slots(phones.used, phones.of), phones.pinSet ? t.pinSet : t.pinUnset)}>
      <Rows
        of={phones.items}
        idOf={(one) => one.id}
        none={t.noPhones}
        row={(one) => ({
          name: (
            <Group gap="xs">
              {one.name}
              <Badge variant="light" color="gray">
                {one.kind === 'wechat' ? t.wechat : t[one.role]}
              </Badge>
              {one.status === 'unsynced' ? (
                <Badge variant="light" color="yellow">
                  {t.unsynced}
                </Badge>
              ) : null}
            </Group>
          ),
          said: dotted(one.platform, one.lastUsedAt === null ? t.neverUsed : t.usedAt(dates.at(one.lastUsedAt))),
        })}
      />
      {registration === null ? null : (
        <Rows
          of={[registration]}
          idOf={(one) => one.expiresAt}
          none=""
          row={(one) => ({
            name: `${t.registration} · ${t[`reg-${one.status}`]}`,
            said: t.until(dates.at(one.expiresAt)),
          })}
        />
      )}
    </Section>
  );
}

export function TrustedDevices({ customer }: Props) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  return (
    <Section title={t.trusted}>
      <Rows
        of={customer.trustedDevices}
        idOf={(one) => one.id}
        none={t.noTrusted}
        row={(one) => ({
          name: one.name,
          said: dotted(one.ip, t.usedAt(dates.at(one.lastUsedAt)), t.trustedUntil(dates.day(one.expiresAt))),
        })}
      />
    </Section>
  );
}

export function AppPasswords({ customer }: Props) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  return (
    <Section title={t.appPasswords}>
      <Rows
        of={customer.appPasswords}
        idOf={(one) => one.id}
        none={t.noAppPasswords}
        row={(one) => ({
          name: dotted(one.name, one.protocols.join('/').toUpperCase()),
          said:
            one.lastUse === null
              ? t.neverUsed
              : dotted(t.usedAt(dates.at(one.lastUse.at)), one.lastUse.protocol.toUpperCase(), one.lastUse.ip),
        })}
      />
    </Section>
  );
}

export function ClientDevices({ customer }: Props) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  return (
    <Section title={t.devices}>
      <Rows
        of={customer.clientDevices}
        idOf={(one) => one.id}
        none={t.noDevices}
        row={(one) => ({
          name: (
            <Group gap="xs">
              {one.name}
              {one.status === 'revoked' ? (
                <Badge variant="light" color="red">
                  {t.revoked}
                </Badge>
              ) : null}
            </Group>
          ),
          said: dotted(`${one.client} ${one.version}`, t.usedAt(dates.at(one.lastUsedAt))),
        })}
      />
    </Section>
  );
}

export function Messages({ customer }: Props) {
  const t = useWords(CUSTOMER);
  const dates = useDates();
  const stateOf = (status: string): string =>
    (t as Readonly<Record<string, unknown>>)[`msg-${status}`]?.toString() ?? status;
  return (
    <Section title={t.messages}>
      <Rows
        of={customer.messages.map((one, at) => ({ ...one, at, when: one.at }))}
        idOf={(one) => String(one.at)}
        none={t.noMessages}
        row={(one) => ({
          name: dotted(t[one.channel], one.to, t[one.purpose]),
          said: dotted(dates.at(one.when), stateOf(one.status), one.error ?? null),
        })}
      />
    </Section>
  );
}
