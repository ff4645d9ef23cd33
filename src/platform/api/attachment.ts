/** `Content-Disposition` of a download (RFC 6266): the name in plain ASCII for the old, and whole for all others. */
export function attachment(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // RFC 5987, attr-char: what encodeURIComponent leaves beyond it is encoded too.
  const whole = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
