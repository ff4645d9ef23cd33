import { changeAction, type AnyInput } from './change-action.js';

const pairs = [
  { key: 'a', value: '{{ trigger.data.a }}' },
  { key: 'b', value: '' },
];
const post: AnyInput = {
  url: 'https://x.example',
  query: [],
  headers: [],
  omitNulls: true,
  queryArrays: 'repeat',
  redirects: 0,
  success: { statuses: ['2xx'], when: null },
  pagination: null,
  body: pairs,
};

describe('another action for a step', () => {
  it('keeps what it has a place for', () => {
    expect(changeAction(post, 'put', {})).toEqual({ input: post, parked: {}, said: '' });
    expect(changeAction(post, 'custom', {}).input).toEqual({ ...post, method: 'POST', bodyType: 'json' });
  });

  it('sets the body aside for GET, says so, and gives it back', () => {
    const get = changeAction(post, 'get', {});
    expect(get.input.body).toEqual([]);
    expect(get.said).toContain('2 body parameters are set aside');
    expect(changeAction(get.input, 'post', get.parked)).toEqual({ input: post, parked: {}, said: '' });
  });

  it('keeps the method and the body type of a custom call through the others', () => {
    const custom: AnyInput = { ...post, method: 'PATCH', bodyType: 'form-data', contentType: 'a/b' };
    const put = changeAction(custom, 'put', {});
    expect(put.said).toContain('goes out as JSON now');
    expect(changeAction(put.input, 'custom', put.parked).input).toEqual(custom);
  });

  it('sets a body written as text aside where only parameters are sent', () => {
    const raw: AnyInput = { ...post, method: 'POST', bodyType: 'raw', body: 'Hello {{ trigger.data.a }}' };
    const put = changeAction(raw, 'post', {});
    expect([put.input.body, put.parked.body]).toEqual([[], raw.body]);
    expect(changeAction(put.input, 'custom', put.parked).input).toEqual(raw);
  });

  it('takes the encoding of a Content-Type header along into a custom call', () => {
    const form = { ...post, headers: [{ key: 'content-type', value: 'application/x-www-form-urlencoded' }] };
    expect(changeAction(form, 'custom', {}).input.bodyType).toBe('urlencoded');
  });
});
