// The first administrator: while nobody has joined the console, each start makes a one-time link and prints it to whoever starts the server.
import type { House } from '../compose.ts';
import { inviteOperator } from '../flows/operator/people.ts';
import { callerFor } from './open.ts';

/** What the first administrator signs in with. */
const LOGIN = 'administrator';

/** The words for the terminal; null where somebody has joined already, or there is no tenant to administer yet. */
export async function firstOperatorLink(house: House): Promise<string | null> {
  if (await house.ports.operators.hasJoined()) return null;
  const ids = await house.registry.ids();
  if (ids.length === 0) return null;
  const made = await inviteOperator(house.ports, callerFor(''), {
    login: LOGIN,
    tenants: Object.fromEntries(ids.map((id) => [id, ['administrator'] as const])),
  });
  return made.kind === 'invited' && made.link !== null ? `${house.consoleUrl}/#/join/${made.link.token}` : null;
}

/** Prints the link, where there is one, beside the log. */
export async function tellFirstOperator(house: House): Promise<void> {
  const link = await firstOperatorLink(house);
  if (link === null) {
    if ((await house.registry.ids()).length === 0)
      process.stderr.write(
        '\nThere is no tenant yet, and so nobody to administer it. Make one (hufu tenant create), then the first administrator:\n' +
          '  hufu operator invite --login administrator --role administrator\n\n',
      );
    return;
  }
  process.stderr.write(
    `\nNobody has joined the console yet. The first administrator's link, good once and for 24 hours:\n  ${link}\n` +
      '  A start before anybody has joined makes a new one, and the old one void.\n\n',
  );
}
