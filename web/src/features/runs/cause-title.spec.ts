import { causeTitle } from './cause-title.js';

describe('the title of a cause', () => {
  const atStep = { key: 'b', name: 'Create purchase order', position: 2 };

  it.each([
    [{ code: 'http_5xx', status: 503, atStep }, '503 at Create purchase order'],
    [{ code: 'total_timeout', status: null, atStep }, 'No answer in time at Create purchase order'],
    [{ code: 'parse', status: 200, atStep }, 'Unreadable answer at Create purchase order'],
    [{ code: 'limit', status: null, atStep: null }, 'Limit reached'],
    [{ code: 'of_tomorrow', status: null, atStep: null }, 'of_tomorrow'],
  ])('says of %o: %s', (cause, title) => {
    expect(causeTitle(cause)).toBe(title);
  });
});
