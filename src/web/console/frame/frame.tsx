// Around every page: where one can go, for which tenant, in which language, and the end of the session before it comes.
import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Button,
  Group,
  Menu,
  NativeSelect,
  NavLink,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { LOCALE_NAMES } from '../../words/locales.ts';
import { PAGES } from '../pages.tsx';
import { LOCALES, useLanguage, useWords } from '../parts/words.tsx';
import { useGet } from '../server/calls.tsx';
import { useCan, useMe } from '../server/me.tsx';
import { hrefOf } from '../server/route.ts';
import { leaving } from '../server/unsaved.ts';
import { Idle } from './idle.tsx';
import { Leave } from './leave.tsx';
import { FRAME, NAV } from './words.ts';

interface FrameProps {
  readonly path: string;
  readonly onTenant: (id: string) => void;
  readonly onSignOut: () => void;
  /** The session is over without anybody having ended it here. */
  readonly onGone: () => void;
  readonly children: ReactNode;
}

export function Frame({ path, onTenant, onSignOut, onGone, children }: FrameProps) {
  const t = useWords(FRAME);
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip" href="#content" onClick={skip}>
        {t.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t.openMenu} />
            <Text fw={700} component="a" href="#/" c="inherit" td="none">
              虎符
            </Text>
            <Text c="dimmed" size="sm" visibleFrom="xs">
              {t.console}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {me.tenants.length > 1 ? (
              <NativeSelect
                aria-label={t.tenant}
                size="xs"
                w={{ base: 120, xs: 180 }}
                value={me.tenant}
                data={me.tenants.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={({ currentTarget: { value } }) => leaving(() => onTenant(value))}
              />
            ) : (
              <Text size="sm" visibleFrom="xs">
                {me.tenants[0]?.name}
              </Text>
            )}
            <Look />
            <Person onSignOut={() => leaving(onSignOut)} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="nav" aria-label={t.menu}>
        <Navigation path={path} onGone={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {children}
        <Leave />
        <Idle onGone={onGone} />
      </AppShell.Main>
    </AppShell>
  );
}

// The fragment says which page is open: a plain link to an element would leave it.
const skip = (event: React.MouseEvent): void => {
  event.preventDefault();
  document.getElementById('content')?.focus();
};

function Navigation({ path, onGone }: { readonly path: string; readonly onGone: () => void }) {
  const names = useWords(NAV);
  const can = useCan();
  return PAGES.map(({ path: to, nav, permission }) =>
    nav === undefined || (permission !== null && !can(permission)) ? null : (
      <NavLink
        key={to}
        href={hrefOf(to)}
        label={names[nav]}
        active={path === to || path.startsWith(`${to}/`)}
        aria-current={path === to ? 'page' : undefined}
        rightSection={nav === 'cases' ? <ForYou /> : undefined}
        onClick={onGone}
      />
    ),
  );
}

/** How much waits for this operator's decision. */
function ForYou() {
  const t = useWords(FRAME);
  const { data } = useGet<{ readonly mine: number }>('/v1/console/inbox', { everyMs: 30_000 });
  return data === undefined || data.mine === 0 ? null : (
    <Badge size="sm" variant="filled" color="#9c3a00" className="digits">
      <span aria-hidden>{data.mine}</span>
      <span className="unseen">{t.forYou(data.mine)}</span>
    </Badge>
  );
}

function Look() {
  const t = useWords(FRAME);
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme('light');
  return (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={t.look}
      onClick={() => setColorScheme(now === 'light' ? 'dark' : 'light')}
    >
      <span aria-hidden>{now === 'light' ? '☾' : '☀'}</span>
    </ActionIcon>
  );
}

function Person({ onSignOut }: { readonly onSignOut: () => void }) {
  const t = useWords(FRAME);
  const { operator } = useMe();
  const { locale, choose } = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" maw={140}>
          {operator.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.language}</Menu.Label>
        {LOCALES.map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === locale}
            rightSection={one === locale ? <span aria-hidden>✓</span> : null}
            onClick={() => choose(one)}
          >
            {LOCALE_NAMES[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onSignOut}>{t.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
