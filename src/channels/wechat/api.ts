// WeChat's server calls, as its documentation has them: code2session, getStableAccessToken, sendMessage (subscribe). Errors come with status 200 and an
// `errcode`. Secrets and tokens are in no error of ours, and session_key, which we have no use for, is dropped where it arrives.

export interface WechatApp {
  /** Where WeChat answers; another one only in tests. */
  readonly endpoint: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly timeoutMs: number;
}

/** What WeChat answered: `fault` is a network fault or something that is not WeChat's. */
export type WechatAnswer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly errcode: number }
  | { readonly kind: 'fault'; readonly error: string };

/** One call. `body` makes it a POST. */
export async function callWechat(
  { endpoint, timeoutMs }: Pick<WechatApp, 'endpoint' | 'timeoutMs'>,
  path: string,
  query: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<WechatAnswer> {
  const url = new URL(path, endpoint);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  let told: unknown;
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) return { kind: 'fault', error: `WeChat answered ${response.status}` };
    told = await response.json();
  } catch (error) {
    // The error's own text may quote the address, and that holds the secret: only its kind is kept.
    return { kind: 'fault', error: error instanceof Error ? error.name : 'network fault' };
  }
  if (typeof told !== 'object' || told === null) return { kind: 'fault', error: 'WeChat answered no object' };
  const { errcode = 0 } = told as { readonly errcode?: unknown };
  if (errcode !== 0) return { kind: 'error', errcode: Number(errcode) };
  return { kind: 'ok', body: told as Readonly<Record<string, unknown>> };
}
