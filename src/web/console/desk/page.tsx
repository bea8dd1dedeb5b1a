// The actions of one customer as a page of its own: where a ticket's link leads.
import { Anchor } from '@mantine/core';
import type { PageGiven } from '../given.ts';
import { Page } from '../parts/page.tsx';
import { useWords } from '../parts/words.tsx';
import { hrefOf } from '../server/route.ts';
import { Actions } from './actions.tsx';
import { CASES, DESK } from './words.ts';

export function ActionsPage({ params }: PageGiven) {
  const t = useWords(DESK);
  const c = useWords(CASES);
  const account = params['account'] ?? '';
  return (
    <Page
      title={`${t.actions} · ${account}`}
      actions={<Anchor href={hrefOf(`customers/${encodeURIComponent(account)}`)}>{c.customer}</Anchor>}
    >
      <Actions account={account} />
    </Page>
  );
}
