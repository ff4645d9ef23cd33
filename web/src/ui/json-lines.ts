/*
 * Lays JSON text out over lines without parsing it into values: big numbers keep every digit, keys keep their order
 * and doubles of a key stay visible. The reader sees what was on the wire, only with line breaks.
 */
export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'mark';

export interface Token {
  kind: TokenKind;
  text: string;
}

export interface JsonLine {
  depth: number;
  tokens: Token[];
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** The lines of a JSON text, or null when it is not JSON (RFC 8259). Takes no more stack for deep text. */
export function jsonLines(text: string): JsonLine[] | null {
  try {
    return new Layout(text).lines();
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

class NotJson extends Error {}

class Layout {
  private at = 0;
  private readonly open: ('{' | '[')[] = [];
  private readonly done: JsonLine[] = [];
  private line: JsonLine = { depth: 0, tokens: [] };

  constructor(private readonly text: string) {}

  lines(): JsonLine[] {
    this.value();
    while (this.open.length > 0) this.afterValue();
    this.match(SPACE);
    if (this.at < this.text.length) throw new NotJson();
    this.done.push(this.line);
    return this.done;
  }

  /** One value; an object or array with members is left open, at its first member's value. */
  private value(): void {
    for (;;) {
      this.match(SPACE);
      const mark = this.text[this.at];
      if (mark !== '{' && mark !== '[') return this.scalar();
      this.at += 1;
      this.match(SPACE);
      const close = mark === '{' ? '}' : ']';
      if (this.text[this.at] === close) {
        this.at += 1;
        return this.put('mark', mark + close);
      }
      this.put('mark', mark);
      this.open.push(mark);
      this.breakLine();
      if (mark === '{') this.key();
    }
  }

  private afterValue(): void {
    this.match(SPACE);
    const mark = this.text[this.at];
    const inside = this.open.at(-1);
    this.at += 1;
    if (mark === ',') {
      this.put('mark', ',');
      this.breakLine();
      if (inside === '{') this.key();
      return this.value();
    }
    if (mark !== (inside === '{' ? '}' : ']')) throw new NotJson();
    this.open.pop();
    this.breakLine();
    this.put('mark', mark);
  }

  private key(): void {
    this.match(SPACE);
    const key = this.match(STRING);
    if (!key) throw new NotJson();
    this.match(SPACE);
    if (this.text[this.at] !== ':') throw new NotJson();
    this.at += 1;
    this.put('key', key);
    this.put('mark', ': ');
  }

  private scalar(): void {
    const string = this.match(STRING);
    if (string) return this.put('string', string);
    const number = this.match(NUMBER);
    if (number) return this.put('number', number);
    const word = this.match(WORD);
    if (!word) throw new NotJson();
    this.put('word', word);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private put(kind: TokenKind, text: string): void {
    this.line.tokens.push({ kind, text });
  }

  private breakLine(): void {
    this.done.push(this.line);
    this.line = { depth: this.open.length, tokens: [] };
  }
}
