import type { AnyInput } from './change-action.js';
import { changeBodyType } from './change-body-type.js';

const pairs = [{ key: 'a', value: '1' }];
const input = { url: '', query: [], headers: [], method: 'POST', bodyType: 'json', body: pairs } as unknown as AnyInput;

describe('another body type', () => {
  it('keeps the rows where it is made of rows', () => {
    expect(changeBodyType(input, 'form-data', {})).toEqual({
      input: { ...input, bodyType: 'form-data' },
      parked: {},
      said: '',
    });
  });

  it.each(['raw', 'none'] as const)('sets the rows aside for %s, says so, and gives them back', (type) => {
    const there = changeBodyType(input, type, {});
    expect(there.said).not.toBe('');
    expect(there.input.body).toHaveLength(0);
    expect(changeBodyType(there.input, 'urlencoded', there.parked)).toMatchObject({
      input: { body: pairs },
      parked: {},
    });
  });

  it('keeps a text apart from rows', () => {
    const raw: AnyInput = { ...input, bodyType: 'raw', body: 'Hello' };
    const form = changeBodyType(raw, 'form-data', {});
    expect(form.input.body).toEqual([]);
    expect(changeBodyType(form.input, 'raw', form.parked).input.body).toBe('Hello');
    expect(changeBodyType(raw, 'json', {}).input.body).toBe('Hello');
  });
});
