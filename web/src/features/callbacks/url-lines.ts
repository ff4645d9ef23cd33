/** What a line of the editor is asked for: the server has the last word, this only says it earlier. */
export interface LineProblem {
  /** From 1, as the editor counts. */
  line: number;
  message: string;
}

export const MAX_URLS = 20;

export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** The addresses, without blank lines. */
export const urlsOf = (text: string): string[] => linesOf(text).flatMap((line) => line.trim() || []);

/** Puts each address of a comma or semicolon list on a line of its own; addresses keep their own commas. */
export const splitLists = (text: string): string => text.replaceAll(/[,;]\s*(?=https?:\/\/)/gi, '\n');

/** Keeps the first of equal lines. `merged` counts those that went. */
export function mergeDuplicates(text: string): { text: string; merged: number } {
  const seen = new Set<string>();
  const lines = linesOf(text);
  const kept = lines.filter((line) => {
    const url = line.trim();
    const isNew = url === '' || !seen.has(url);
    seen.add(url);
    return isNew;
  });
  const merged = lines.length - kept.length;
  return { text: merged === 0 ? text : kept.join('\n'), merged };
}

export function problemsOf(text: string): LineProblem[] {
  const problems = linesOf(text).flatMap((line, index) => {
    const problem = problemOf(line.trim());
    return problem === null ? [] : [{ line: index + 1, message: `Line ${index + 1} ${problem}` }];
  });
  const count = new Set(urlsOf(text)).size;
  if (count > MAX_URLS)
    problems.push({ line: 0, message: `At most ${MAX_URLS} URLs are called for one event, and these are ${count}.` });
  return problems;
}

function problemOf(url: string): string | null {
  if (url === '') return null;
  if (!/^https?:\/\//i.test(url)) return 'isn’t a full address. Start it with https://';
  return URL.canParse(url) ? null : 'isn’t a valid address.';
}

/** What the server said of lines: `Line 3: …` in the fault of an event's URLs. */
export function serverProblems(faults: { path: string; message: string }[], event: string): LineProblem[] {
  return faults
    .filter(({ path }) => path.startsWith(`/${event}`))
    .map(({ message }) => ({ line: Number(/^Line (\d+):/.exec(message)?.[1] ?? 0), message }));
}

/** The address with what is added to it, in parts to colour: the added names and values by turns. */
export function callOf(url: string, process: string, event: string): { base: string; added: [string, string][] } {
  const whole = url.replace(/#.*$/s, '');
  const joint = !whole.includes('?') ? '?' : /[?&]$/.test(whole) ? '' : '&';
  return {
    base: whole + joint,
    added: [
      ['instanceID', '8c1f4e'],
      ['processName', encodeURIComponent(process)],
      ['eventType', event],
    ],
  };
}
