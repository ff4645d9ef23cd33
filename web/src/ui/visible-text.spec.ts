import { visibleText } from './visible-text.js';

describe('received text', () => {
  it.each([
    ['plain é 漢 😀\n\ttext', 'plain é 漢 😀\n\ttext'],
    ['a\r\nb', 'a\nb'],
    ['nul \u0000', 'nul \\u0000'],
    ['evil\u202egnp.exe', 'evil\\u202egnp.exe'],
    ['half \ud83d pair', 'half \\ud83d pair'],
    ['other \ude00 half', 'other \\ude00 half'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
  ])('%j shows as %j', (text, shown) => expect(visibleText(text)).toBe(shown));
});
