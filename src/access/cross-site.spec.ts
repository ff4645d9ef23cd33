import { siteOf } from './cross-site.js';

describe('siteOf', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, 'own'],
    [{ 'sec-fetch-site': 'none' }, 'own'],
    [{ 'sec-fetch-site': 'same-site' }, 'other'],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://hooks.example.com' }, 'other'],
    [{ origin: 'https://hooks.example.com' }, 'own'],
    [{ origin: 'https://hooks.example.com:8443' }, 'other'],
    [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, 'own'],
    [{ origin: 'https://evil.example', host: '10.0.0.5:3000' }, 'other'],
    [{ origin: 'null' }, 'other'],
    [{ origin: 'hooks.example.com' }, 'other'],
    [{}, 'unknown'],
  ])('takes %j for %s', (headers, site) => {
    expect(siteOf(headers, 'https://hooks.example.com/base')).toBe(site);
  });
});
