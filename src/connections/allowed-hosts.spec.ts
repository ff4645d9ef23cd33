import { isAllowedHost, normalHost } from './allowed-hosts.js';

describe('an allowed host', () => {
  it.each([
    ['api.example.com', 'api.example.com'],
    [' API.Example.COM ', 'api.example.com'],
    ['*.example.com', '*.example.com'],
    ['example.com:8443', 'example.com:8443'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['127.0.0.1:4000', '127.0.0.1:4000'],
    ['2130706433', '127.0.0.1'],
    ['[::1]:80', '[::1]:80'],
    ['[0:0:0:0:0:0:0:1]', '[::1]'],
  ])('%j is kept as %s', (text, expected) => {
    expect(normalHost(text)).toBe(expected);
  });

  it.each([
    ...[
      '',
      '*',
      '*.',
      'https://example.com',
      'example.com/',
      'a b',
      'user@example.com',
      'a.*.com',
      '*.*.com',
      '**.com',
    ],
    ...[
      'example.com:0',
      'example.com:65536',
      'example.com:x',
      'example.com:',
      '[::1',
      '*.127.0.0.1',
      '*.[::1]',
      '?',
      '#',
    ],
  ])('%j is none', (text) => {
    expect(normalHost(text)).toBeNull();
  });

  it.each([
    ['api.example.com', 'https://api.example.com/x', true],
    ['api.example.com', 'https://API.EXAMPLE.COM:9000', true],
    ['api.example.com', 'https://example.com', false],
    ['api.example.com', 'https://api.example.com.evil.test', false],
    ['api.example.com', 'https://evil.test/?api.example.com', false],
    ['api.example.com', 'https://api.example.com@evil.test', false],
    ['api.example.com', 'https://api.example.com.', false],
    ['*.example.com', 'https://a.example.com', true],
    ['*.example.com', 'https://a.b.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['*.example.com', 'https://.example.com', false],
    ['*.example.com', 'https://evilexample.com', false],
    ['example.com:443', 'https://example.com', true],
    ['example.com:443', 'http://example.com', false],
    ['example.com:80', 'http://example.com', true],
    ['example.com:8443', 'https://example.com:8443', true],
    ['[::1]:80', 'http://[0::1]/', true],
    ['127.0.0.1', 'http://0x7f.1/', true],
  ])('%s lets %s: %s', (entry, url, expected) => {
    expect(isAllowedHost([entry], new URL(url))).toBe(expected);
  });

  it('is any where none is named', () => {
    expect(isAllowedHost([], new URL('https://anything.test'))).toBe(true);
  });
});
