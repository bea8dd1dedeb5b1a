// Rows under heads that sort: TanStack keeps the order, the table is a plain one. What is wider than the screen scrolls by itself.
import { Button, Center, Table as Plain, UnstyledButton } from '@mantine/core';
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { COMMON } from './common.ts';
import { Empty } from './states.tsx';
import { useWords } from './words.tsx';

export interface Column<T> {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  /** What the column sorts by; absent: it does not. */
  readonly sort?: (row: T) => string | number;
  readonly isNumber?: boolean;
}

export interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  /** What stands there without rows. */
  readonly empty?: ReactNode;
  /** There are more: asks for them. */
  readonly onMore?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns });
const ARIA = { asc: 'ascending', desc: 'descending' } as const;

export function Table<T extends object>({
  label,
  columns,
  rows,
  idOf,
  empty,
  onMore,
  isLoadingMore = false,
}: TableProps<T>) {
  const t = useWords(COMMON);
  const defs = useMemo(
    () =>
      columns.map(
        ({ id, sort }): ColumnDef<typeof features, T> =>
          sort === undefined
            ? { id, enableSorting: false }
            : { id, accessorFn: sort, sortFn: 'alphanumeric' as never, enableSorting: true },
      ),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({ features, columns: defs, data, getRowId: idOf });
  const byId = useMemo(() => new Map(columns.map((c) => [c.id, c])), [columns]);
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys (WCAG 2.1.1) */}
      <div className="scroll" role="region" aria-label={label} tabIndex={0}>
        <Plain highlightOnHover verticalSpacing="xs" aria-label={label} miw={`${columns.length * 8}rem`}>
          <Plain.Thead>
            <Plain.Tr>
              {table.getAllLeafColumns().map((column) => {
                const { head, sort, isNumber } = byId.get(column.id) ?? { head: column.id };
                const sorted = column.getIsSorted();
                return (
                  <Plain.Th
                    key={column.id}
                    scope="col"
                    ta={isNumber === true ? 'end' : 'start'}
                    {...(sorted === false ? {} : { 'aria-sort': ARIA[sorted] })}
                  >
                    {sort === undefined ? (
                      head
                    ) : (
                      <UnstyledButton
                        fw={700}
                        fz="sm"
                        title={t.sortedBy(head)}
                        onClick={() => column.toggleSorting(sorted === 'asc')}
                      >
                        {head} <span aria-hidden>{sorted === 'asc' ? '▲' : sorted === 'desc' ? '▼' : '↕'}</span>
                      </UnstyledButton>
                    )}
                  </Plain.Th>
                );
              })}
            </Plain.Tr>
          </Plain.Thead>
          <Plain.Tbody>
            {table.getRowModel().rows.map((row) => (
              <Plain.Tr key={row.id}>
                {columns.map((column) => (
                  <Plain.Td
                    key={column.id}
                    ta={column.isNumber === true ? 'end' : 'start'}
                    {...(column.isNumber === true ? { className: 'digits' } : {})}
                  >
                    {column.cell(row.original)}
                  </Plain.Td>
                ))}
              </Plain.Tr>
            ))}
          </Plain.Tbody>
        </Plain>
      </div>
      {onMore === undefined ? null : (
        <Center mt="sm">
          <Button variant="default" onClick={onMore} loading={isLoadingMore}>
            {t.more}
          </Button>
        </Center>
      )}
    </>
  );
}
