export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

export const ADMIN_KEY = `hl_${'test'.repeat(10)}`;
/** Sealed under the same key, so that processes of one test can share a database. */
export const SECRET_KEY = Buffer.alloc(32, 'test').toString('base64');

/** Calls a program as the administrator of the tests. Throws where it does not answer within 30 s. */
export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
