// Account numbers a visitor of the demo may try here, from /demo/accounts.json. Without it the desk works as well.
import { useEffect, useState } from 'preact/hooks';

interface DemoAccountsProps {
  readonly tenant: string;
  readonly legend: string;
  readonly onChoose: (account: string) => void;
}
const most = 8;

export function DemoAccounts({ tenant, legend, onChoose }: DemoAccountsProps) {
  const [accounts, setAccounts] = useState<readonly string[]>([]);
  useEffect(() => {
    let here = true;
    numbersOf(tenant).then(
      (found) => here && setAccounts(found),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [tenant]);
  if (accounts.length === 0) return null;
  return (
    <div class="desk-examples">
      <span id="desk-examples">{legend}</span>
      <ul aria-labelledby="desk-examples">
        {accounts.map((account) => (
          <li key={account}>
            <button type="button" class="desk-chip" onClick={() => onChoose(account)}>
              {account}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

async function numbersOf(tenant: string): Promise<readonly string[]> {
  const reply = await fetch('/demo/accounts.json');
  const { tenants } = (await reply.json()) as { tenants: { id: string; accounts: { account: string }[] }[] };
  return (tenants.find(({ id }) => id === tenant)?.accounts ?? []).slice(0, most).map(({ account }) => account);
}
