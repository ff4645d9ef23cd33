import { HooklineError } from '../../core/errors.js';

/** The strong entity tag of a revision (RFC 9110, 8.8.3), for `ETag`. */
export const etagOf = (revision: number): string => `"${revision}"`;

/** The revision in `If-Match: "<revision>"`. Missing: 400 `if_match_required`; anything else: 400 `invalid_if_match`. */
export function revisionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined || ifMatch === '') {
    throw refusal('if_match_required', 'Say which revision you edit: If-Match: "<revision>", from "revision" or ETag.');
  }
  const digits = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (digits === undefined) {
    throw refusal('invalid_if_match', 'If-Match must be one revision in double quotes, such as If-Match: "3".');
  }
  return Number(digits);
}

function refusal(code: string, message: string): HooklineError {
  return new HooklineError('malformed', code, message, { faults: [{ path: '/headers/if-match', code, message }] });
}
