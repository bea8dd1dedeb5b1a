// A generic HTTP gateway for SMS: one POST of JSON per message. The message id is the Idempotency-Key, so a retry is never a second SMS (SMS-04).
import type { Channel } from './channel.ts';

export interface HttpGateway {
  readonly url: string;
  readonly authorization?: string | undefined;
  readonly timeoutMs: number;
}

/** 2xx is sent; 408, 425, 429 and 5xx, time-outs and network faults are tried again; every other answer is final. */
export function httpGateway({ url, authorization, timeoutMs }: HttpGateway): Channel {
  return async (message) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': message.id,
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: JSON.stringify({ id: message.id, to: message.to, text: message.text }),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      // The error's own text may quote the request: only its kind is kept.
      return { kind: 'retry', error: error instanceof Error ? error.name : 'network fault' };
    }
    await response.body?.cancel();
    if (response.ok) return { kind: 'sent' };
    const isPassing = response.status >= 500 || [408, 425, 429].includes(response.status);
    return { kind: isPassing ? 'retry' : 'failed', error: `the gateway answered ${response.status}` };
  };
}
