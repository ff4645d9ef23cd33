const MAX_CHARS = 300;

/** What `error` may hold (RFC 6749 5.2), without the quote, the backslash and the space. */
const ERROR_CODE = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}$/;

/** The provider's own error, for people: bounded, printable, never markup, never one of the secrets in any writing. */
export function providerWords(code: string, description: string | null, secrets: readonly string[]): string {
  const shownCode = ERROR_CODE.test(code) && isHarmless(code, secrets) ? code : 'an error without a readable name';
  const text = description?.replace(/[\p{C}\p{Z}]+/gu, ' ').trim() ?? '';
  if (text === '' || !isHarmless(text, secrets)) return shownCode;
  return `${shownCode}: ${text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text.replace(/\.$/, '')}`;
}

function isHarmless(text: string, secrets: readonly string[]): boolean {
  if (/<[a-z!/]/i.test(text)) return false;
  return !secrets.some((secret) => writings(secret).some((each) => text.includes(each)));
}

/** As it is, in a URL, in a form, and in both alphabets of base64. */
const writings = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  return [secret, encodeURIComponent(secret), formEncode(secret), base64, bytes.toString('base64url')];
};

/** `application/x-www-form-urlencoded` of one value (RFC 6749 appendix B). */
export const formEncode = (value: string): string => new URLSearchParams([['', value]]).toString().slice(1);
