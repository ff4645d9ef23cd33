/** A command's words, as the shell it was written for would hand them to the program. */
export interface ShellWords {
  words: string[];
  /** What the shell would have done beyond that, and is not done here. */
  warnings: { flag: string; message: string }[];
}

/** The command cannot be read; its message is for the person who pasted it. */
export class ShellFault extends Error {}

const SECOND_COMMAND = 'The command ends here: what comes after it is left out.';

/** Browsers copy for POSIX shells or for cmd.exe; only the latter escapes with carets. */
export const shellWords = (command: string): ShellWords =>
  /\^"|\^\r?\n/.test(command) && !/\\\r?\n/.test(command) ? cmdWords(command) : posixWords(command);

/** POSIX.1-2024, 2.2 (quoting, `$'…'` included); expansions are not made. */
function posixWords(command: string): ShellWords {
  const words: string[] = [];
  const warnings: ShellWords['warnings'] = [];
  const text = command.trim().replace(/\r\n/g, '\n');
  let word: string | null = null;
  let at = 0;
  const until = (quote: string): number => {
    const end = text.indexOf(quote, at + 1);
    if (end < 0) throw new ShellFault(`A quote (${quote}) is opened and never closed.`);
    return end;
  };
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === ' ' || char === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if ('\n;|&<>'.includes(char) || (char === '#' && word === null)) {
      warnings.push({ flag: char === '\n' ? 'line break' : char, message: SECOND_COMMAND });
      break;
    } else if (char === "'") {
      const end = until("'");
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (char === '$' && text[at + 1] === "'") {
      const quoted = ansiQuoted(text, at + 2);
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else if (char === '"') {
      const quoted = doubleQuoted(text, at + 1, warnings);
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else if (char === '\\') {
      at++;
      if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else {
      warnAboutExpansion(text, at, warnings);
      word = (word ?? '') + char;
    }
  }
  if (word !== null) words.push(word);
  return { words, warnings };
}

function doubleQuoted(text: string, from: number, warnings: ShellWords['warnings']): { text: string; end: number } {
  let value = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') return { text: value, end: at };
    if (char === '\\' && '$`"\\\n'.includes(text[at + 1] ?? ' ')) {
      at++;
      if (text[at] !== '\n') value += text[at];
    } else {
      warnAboutExpansion(text, at, warnings);
      value += char;
    }
  }
  throw new ShellFault('A quote (") is opened and never closed.');
}

function warnAboutExpansion(text: string, at: number, warnings: ShellWords['warnings']): void {
  const found = /^(\$\w+|\$\{[^}]*\}?|\$\(|`)/.exec(text.slice(at, at + 64));
  if (found) warnings.push({ flag: found[0], message: 'Shell variables and commands are not known here: it is text.' });
}

const ANSI: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
  ...{ '\\': '\\', "'": "'", '"': '"', '?': '?' },
};
const NUMERIC = /^(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3}))/i;

function ansiQuoted(text: string, from: number): { text: string; end: number } {
  let value = '';
  // \x and octal name bytes; several in a row may be one character in UTF-8.
  let bytes: number[] = [];
  const flush = (): void => {
    value += Buffer.from(bytes).toString('utf8');
    bytes = [];
  };
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") {
      flush();
      return { text: value, end: at };
    }
    const numeric = text[at] === '\\' ? NUMERIC.exec(text.slice(at + 1, at + 10)) : null;
    if (numeric) {
      const [all, hex, short, long, octal] = numeric;
      if (hex ?? octal) bytes.push(hex ? parseInt(hex, 16) : parseInt(octal, 8) & 0xff);
      else {
        flush();
        value += fromCodePoint(parseInt(short ?? long, 16));
      }
      at += all.length;
      continue;
    }
    flush();
    if (text[at] !== '\\') value += text[at];
    else value += ANSI[text[++at]] ?? `\\${text[at] ?? ''}`;
  }
  throw new ShellFault("A quote ($') is opened and never closed.");
}

/** Browsers write a character beyond U+FFFF as two halves, which meet again in the string. */
const fromCodePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');

/** cmd.exe takes the carets away, then the program's runtime reads the quotes. */
function cmdWords(command: string): ShellWords {
  const { line, rest } = withoutCarets(command.trim().replace(/\r\n/g, '\n'));
  const warnings = rest.trim() === '' ? [] : [{ flag: 'line break', message: SECOND_COMMAND }];
  const words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === '\\' && (line[at + 1] === '"' || line[at + 1] === '\\')) word = (word ?? '') + line[++at];
    else if (char === '"' && isQuoted && line[at + 1] === '"') word = (word ?? '') + line[++at];
    else if (char === '"') {
      isQuoted = !isQuoted;
      word ??= '';
    } else if (!isQuoted && (char === ' ' || char === '\t')) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (isQuoted) throw new ShellFault('A quote (") is opened and never closed.');
  if (word !== null) words.push(word);
  return { words, warnings };
}

/** Outside of quotes a caret makes the next character literal; before a line break it joins the lines. */
function withoutCarets(text: string): { line: string; rest: string } {
  let line = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '^' && !isQuoted) {
      if (text[at + 1] === '\n') at++;
      line += text[++at] ?? '';
    } else if (char === '\n') return { line, rest: text.slice(at) };
    else {
      if (char === '"') isQuoted = !isQuoted;
      line += char;
    }
  }
  return { line, rest: '' };
}
