import type { Attempt } from '../api/types.js';
import { causeOf, sameCauseInARow } from './cause.js';

const attempt = (code: string | null, status?: number) =>
  ({
    error: code && { code, message: '' },
    request: { url: 'https://erp.example.com/v1/orders' },
    response: status ? { status } : null,
  }) as Attempt;

describe('the cause of a failure in words', () => {
  it.each([
    ['http_5xx', 503, 1, 'erp.example.com had an error of its own (503)'],
    ['http_5xx', 503, 4, 'erp.example.com had an error of its own (503), four times in a row'],
    ['http_5xx', 500, 12, 'erp.example.com had an error of its own (500), 12 times in a row'],
    ['http_4xx', 422, 1, 'erp.example.com did not accept the values (422)'],
    ['http_4xx', 418, 1, 'erp.example.com refused the call (418)'],
    ['connect_refused', undefined, 2, 'erp.example.com refused the connection, twice in a row'],
    ['mapping', undefined, 1, 'A value of this step could not be worked out'],
    ['something_new', undefined, 1, 'The step failed'],
  ])('%s %s after %d tries', (code, status, tries, title) =>
    expect(causeOf({ code, message: '' }, attempt(code, status), tries).title).toBe(title),
  );

  it('names no host when no request was built', () => {
    const cause = (code: string) => causeOf({ code, message: '' }, { request: null } as Attempt, 1).title;
    expect(cause('dns')).toBe('No address was found for the server');
    expect(cause('reset')).toBe('The server closed the connection early');
  });

  it('counts only the tries in a row that failed the same way', () => {
    const attempts = [attempt('http_5xx', 503), attempt('reset'), attempt('http_5xx', 503), attempt('http_5xx', 503)];
    expect(sameCauseInARow(attempts, 3)).toBe(2);
    expect(sameCauseInARow(attempts, 1)).toBe(1);
    expect(sameCauseInARow([attempt(null, 200)], 0)).toBe(0);
  });
});
