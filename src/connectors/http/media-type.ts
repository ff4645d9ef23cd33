import { MIMEType } from 'whatwg-mimetype';

const MAX_KNOWN = 200;
const MAX_CHARS = 200;
const known = new Map<string, MIMEType | null>();

/** A media type as it was written (WHATWG MIME Sniffing, 4.4); null where it is none. It is kept: do not change it. */
export function mediaType(text: string): MIMEType | null {
  let type = known.get(text);
  if (type !== undefined) return type;
  type = MIMEType.parse(text);
  // Services name few of them. Whoever makes up new ones gains nothing, and cannot fill the memory.
  if (text.length > MAX_CHARS) return type;
  if (known.size === MAX_KNOWN) known.clear();
  known.set(text, type);
  return type;
}
