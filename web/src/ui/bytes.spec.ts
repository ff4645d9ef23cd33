import { formatBytes } from './bytes.js';

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [118, '118 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_234, '1.2 kB'],
    [256_000, '256 kB'],
    [3_400_000, '3.4 MB'],
  ])('of %d bytes reads %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
