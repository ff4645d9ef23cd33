import type { EventDetail } from '../../api/types.js';

/** A command for a POSIX shell that sends the same again as a new event. The key is the caller's own. */
export function eventCurl({ type, source, subject, data }: EventDetail, origin: string): string {
  const body = JSON.stringify({ type, source, ...(subject === null ? {} : { subject }), data });
  return [
    `curl -X POST ${origin}/api/v1/events`,
    `-H "authorization: Bearer $HOOKLINE_KEY"`,
    `-H 'content-type: application/json'`,
    `-d ${quoted(body)}`,
  ].join(' \\\n  ');
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
