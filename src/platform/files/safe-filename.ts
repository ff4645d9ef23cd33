const MAX_CHARS = 255;

/** Controls, and the marks that turn the direction of text: `exe.fdp` must not be shown as `fdp.exe` (UTS 39). */

const UNSHOWN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A filename as somebody sent it, made harmless: its last path segment (RFC 7578, 4.2), in any language, 1 to 255
 * characters. It is for showing and for sending on; in the storage a file is known by its id.
 */
export function safeFilename(sent: string | null | undefined): string {
  const last = (sent ?? '').toWellFormed().replace(UNSHOWN, '').split(/[/\\]/).at(-1)!.trim();
  const name = last === '.' || last === '..' ? '' : shortened(last);
  return name === '' ? 'file' : name;
}

/** Keeps the ending, by which people and programs know what it is. */
function shortened(name: string): string {
  const chars = [...name];
  if (chars.length <= MAX_CHARS) return name;
  const dot = chars.lastIndexOf('.');
  const ending = dot > 0 && chars.length - dot <= 20 ? chars.slice(dot) : [];
  return [...chars.slice(0, MAX_CHARS - ending.length), ...ending].join('');
}
