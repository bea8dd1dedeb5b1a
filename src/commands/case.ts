// What a command says when an action waits for a second operator, and why one was not done.
import type { Refusal } from '../core/outcome.ts';
import type { Invalid } from '../flows/accounts.ts';
import type { CaseOpened } from '../flows/operator/act.ts';
import { stopOf } from './open.ts';
import { Stop, type Terminal, when } from './terminal.ts';

/** The policy wants a second operator: nothing is done yet. */
export const waits = (terminal: Terminal, account: string, opened: CaseOpened): void =>
  waitsAs(terminal, { account }, opened);

/** The same for what is about no one account; `about` goes into the machine's answer. */
export function waitsAs(terminal: Terminal, about: Readonly<Record<string, string>>, opened: CaseOpened): void {
  terminal.answer(
    { ...about, case: opened.id, riskFlags: opened.riskFlags, expiresAt: new Date(opened.expiresAt).toISOString() },
    `nothing is done yet: case ${opened.id} waits for a second operator in the console, until ${when(opened.expiresAt)}`,
  );
}

export const stopped = (done: Refusal | Invalid): Stop =>
  done.kind === 'refused' ? stopOf(done) : new Stop('usage', `--${done.at.slice(1)} ${done.message}`);
