/** One part of a form, as `-F` says it. */
export type CurlPart = { name: string; text: string } | { name: string; file: string };

export interface CurlField {
  part: CurlPart | null;
  /** What a step cannot do, or does by itself. */
  problem: string | null;
}

/** The value of `-F`: `name=text`, `name="text"`, `name=@file`, each with `;type=…` and the like behind it. */
export function formField(argument: string): CurlField {
  const at = argument.indexOf('=');
  if (at < 1) return { part: null, problem: 'This is no part of a form: it has no name and value.' };
  const name = argument.slice(0, at);
  const content = argument.slice(at + 1);
  if (content.startsWith('@')) return fileField(name, content.slice(1));
  if (content.startsWith('<')) {
    return { part: null, problem: 'Files of your machine cannot be read: put what stands in it into the step.' };
  }
  if (/^[()]/.test(content) && name.trim() === '') return { part: null, problem: 'Parts within parts are left out.' };
  const { word, rest } = wordOf(content);
  const problem = rest === '' ? null : `";${rest}" is left out: a text is sent as text/plain in UTF-8.`;
  return { part: { name, text: word }, problem };
}

function fileField(name: string, content: string): CurlField {
  const { word, rest } = wordOf(content);
  const named = /(?:^|;)\s*filename=(.*)$/s.exec(rest);
  const file = named ? wordOf(named[1]).word : (word.split(/[/\\]/).at(-1) ?? '');
  const problem = `Files of your machine cannot be read: upload ${JSON.stringify(file.slice(0, 100))}, and choose it as the value of ${JSON.stringify(name.slice(0, 100))}. Until then the step fails rather than send the form without it.`;
  return { part: { name, file }, problem };
}

/** Up to the next semicolon, or within double quotes, where a backslash escapes one of both. */
function wordOf(text: string): { word: string; rest: string } {
  const quoted = /^"((?:[^"\\]|\\[^])*)"\s*(?:;([^]*))?$/.exec(text);
  if (quoted) return { word: quoted[1].replace(/\\(["\\])/g, '$1'), rest: quoted[2] ?? '' };
  const end = text.indexOf(';');
  return end < 0 ? { word: text, rest: '' } : { word: text.slice(0, end), rest: text.slice(end + 1) };
}
