// The address of a customer's page.
import { hrefOf } from '../server/route.ts';

export const customerHref = (account: string): string => hrefOf(`customers/${encodeURIComponent(account)}`);
