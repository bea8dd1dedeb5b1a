// The states of a page that is not full: loading, empty, failed. Each says what it is and what to do next.
import { Alert, Button, Center, Loader, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemOf } from '../../api/http.ts';
import { COMMON } from './common.ts';
import { useWords } from './words.tsx';

export function Loading() {
  const t = useWords(COMMON);
  return (
    <Center p="xl" role="status" aria-live="polite">
      <Loader size="sm" aria-hidden />
      <Text ml="sm">{t.loading}</Text>
    </Center>
  );
}

/** Nothing to show, with what to do about it. */
export function Empty({ children }: { readonly children?: ReactNode }) {
  const t = useWords(COMMON);
  return (
    <Text c="dimmed" p="md" ta="center">
      {children ?? t.nothing}
    </Text>
  );
}

/** What went wrong in words, from the problem the server told. */
export function useReason(): (error: unknown) => string {
  const t = useWords(COMMON);
  return (error) => {
    const problem = problemOf(error);
    if (problem.code === 'offline') return t.offline;
    const places = (problem.errors ?? []).map((e) => (e.at === '' ? e.message : `${e.at}: ${e.message}`));
    return [problem.detail === '' ? problem.title : problem.detail, ...places].join('\n') || problem.code;
  };
}

interface FailedProps {
  readonly error: unknown;
  readonly retry?: () => void;
  /** False: something asked for was not done; true: the page could not be loaded. */
  readonly isPage?: boolean;
}

export function Failed({ error, retry, isPage = true }: FailedProps) {
  const t = useWords(COMMON);
  const reason = useReason();
  return (
    <Alert color="red" variant="light" role="alert" title={isPage ? t.failed : t.refused}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          {reason(error)}
        </Text>
        {retry === undefined ? null : (
          <Button variant="default" size="xs" onClick={retry}>
            {t.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

interface ShownProps<T> {
  /** What stands in place of a refusal with one of these codes. */
  readonly instead?: Readonly<Record<string, ReactNode>>;
  readonly of: { readonly data: T | undefined; readonly error: unknown; readonly refetch: () => unknown };
  readonly children: (data: T) => ReactNode;
}

/** A reply's three states in one: `<Shown of={useGet(…)}>{(data) => …}</Shown>`. What was there stays while it is asked again. */
export function Shown<T>({ of, instead = {}, children }: ShownProps<T>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  const other = of.error === null || of.error === undefined ? undefined : instead[problemOf(of.error).code];
  if (other !== undefined) return <>{other}</>;
  return of.error === null || of.error === undefined ? (
    <Loading />
  ) : (
    <Failed error={of.error} retry={() => void of.refetch()} />
  );
}
