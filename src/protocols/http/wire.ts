// What is answered before there is a request: bytes that are not HTTP, headers without end, requests that never finish (RFC 9112 §2.2, §3).
// Such a connection gets one problem document and is closed; whoever else is connected notices nothing.
import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ProblemCode } from '../../contract/problems.ts';
import { problem } from './replies.ts';

/** Bytes of one request's line and headers. */
export const HEADER_LIMIT = 16 * 1024;

/** Names of requests, unlike those of any other process or start: a random beginning and a counter. */
export function requestIds(): () => string {
  const start = randomBytes(9).toString('base64url');
  let n = 0;
  return () => `${start}-${(++n).toString(36)}`;
}

/** Answers a connection whose bytes cannot be read as a request, in English, and closes it. */
export function answerUnreadable(error: { readonly code?: string }, socket: Socket, instance: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const code: ProblemCode = tooLong ? 'payload-too-large' : 'malformed-request';
  const { status, body } = problem(code, 'en', instance, tooLong ? { limitBytes: HEADER_LIMIT } : {});
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  socket.destroySoon();
}
