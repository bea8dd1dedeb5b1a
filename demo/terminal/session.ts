// The terminal's own sessions, in memory: which accounts are logged in on which client of this browser, and which
// logins this browser has under way. A browser can only ever act on what is in its own session.
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Seat, SeatAccount } from './views.ts';

const cookieName = 'terminal_session';
const idleMs = 12 * 3600_000;
const mostSessions = 10_000;
const mostPending = 20;

export interface LoggedIn extends SeatAccount {
  /** Hufu's id of the login that let this account in: what a binding from here refers to. */
  login: string;
  version: string;
}

/** A login under way: what the browser may go on with, on which seat, and as which version of the program. */
export interface Pending {
  account: string;
  seat: string;
  version: string;
}

export interface Session {
  /** Stands for the phones and computers of this browser: their device ids derive from it. */
  readonly seed: string;
  readonly seats: Map<string, LoggedIn[]>;
  readonly pending: Map<string, Pending>;
  lastSeen: number;
}

/** All sessions of this process. */
export class Sessions {
  readonly #all = new Map<string, Session>();

  /** The session of a request; starts one, with a fresh cookie, when there is none. */
  of(request: FastifyRequest, reply: FastifyReply): Session {
    const now = Date.now();
    const known = this.#all.get(cookieOf(request) ?? '');
    if (known !== undefined && now - known.lastSeen < idleMs) {
      known.lastSeen = now;
      return known;
    }
    this.#forgetIdle(now);
    const id = randomBytes(32).toString('base64url');
    const seed = randomBytes(16).toString('hex');
    const fresh: Session = { seed, seats: new Map(), pending: new Map(), lastSeen: now };
    this.#all.set(id, fresh);
    const secure = request.protocol === 'https' ? '; Secure' : '';
    reply.header('set-cookie', `${cookieName}=${id}; Path=/demo/terminal; HttpOnly; SameSite=Strict${secure}`);
    return fresh;
  }

  #forgetIdle(now: number): void {
    for (const [id, session] of this.#all) {
      if (now - session.lastSeen >= idleMs || this.#all.size >= mostSessions) this.#all.delete(id);
    }
  }
}

const cookieOf = (request: FastifyRequest): string | undefined =>
  request.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);

/** The id a phone or computer keeps for life: the same one in this browser session, another for another name. */
export const deviceIdOf = (session: Session, name: string): string =>
  createHash('sha256').update(`${session.seed} ${name}`).digest('hex').slice(0, 32);

/** Remembers a login this browser started, so that only it can go on with it. */
export function remember(session: Session, login: string, pending: Pending): void {
  const oldest = session.pending.keys().next();
  if (session.pending.size >= mostPending && oldest.done !== true) session.pending.delete(oldest.value);
  session.pending.set(login, pending);
}

/** Puts an account on a seat. A client that shows one account at a time replaces the one before. */
export function seatAccount(session: Session, seat: string, entry: LoggedIn, several: boolean): void {
  const others = several ? (session.seats.get(seat) ?? []).filter((one) => one.account !== entry.account) : [];
  session.seats.set(seat, [...others, entry]);
}

/** Takes an account off a seat. */
export function leaveSeat(session: Session, seat: string, account: string): void {
  session.seats.set(
    seat,
    (session.seats.get(seat) ?? []).filter((one) => one.account !== account),
  );
}

/** The seat as the page shows it. */
export const viewSeat = (session: Session, seat: string): Seat => ({
  accounts: (session.seats.get(seat) ?? []).map(({ account, name, by, since }) => ({ account, name, by, since })),
});

/** The logged-in account on a seat, or undefined: then the browser must not see or do anything with it. */
export const loggedIn = (session: Session, seat: string, account: string): LoggedIn | undefined =>
  session.seats.get(seat)?.find((one) => one.account === account);
