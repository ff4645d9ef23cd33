import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '../../src/platform/logging/logger.js';

/** One way in which something could be written down. */
interface Writing {
  of: string;
  as: string;
  bytes: Buffer;
}

const CONTEXT_BYTES = 60;

/** Looks for things, however they are written: as they are, in hex, in base64 of either alphabet at any offset. */
export class Traces {
  private readonly writings: Writing[] = [];

  /** Text that URL-encoding, JSON or HTML would change is looked for in those writings too. */
  add(of: string, what: string | Buffer): this {
    const bytes = Buffer.from(what);
    const note = (as: string, text: string | Buffer) => {
      if (!this.writings.some((each) => each.bytes.equals(Buffer.from(text)))) {
        this.writings.push({ of, as, bytes: Buffer.from(text) });
      }
    };
    note('it is', bytes);
    if (typeof what === 'string') {
      note('JSON', JSON.stringify(what).slice(1, -1));
      note('URL-encoded', encodeURIComponent(what));
      note('form', new URLSearchParams({ a: what }).toString().slice(2));
    }
    note('hex', bytes.toString('hex'));
    note('HEX', bytes.toString('hex').toUpperCase());
    for (const before of [0, 1, 2]) {
      const inner = base64Inside(bytes, before);
      note(`base64 + ${before}`, inner);
      note(`base64url + ${before}`, inner.replaceAll('+', '-').replaceAll('/', '_'));
    }
    return this;
  }

  /** The secret part of a private key (PEM), and every line of the text. */
  addKey(of: string, pem: string, passphrase?: string): this {
    const lines = pem.split('\n').filter((line) => /^[\w+/]{20,}=*$/.test(line));
    for (const line of lines) this.add(`${of}, a line`, line);
    const secret = Buffer.from(createPrivateKey({ key: pem, passphrase }).export({ format: 'jwk' }).d!, 'base64url');
    // In halves: text of a PEM is broken once, somewhere.
    return this.add(of, secret.subarray(0, 16)).add(of, secret.subarray(16));
  }

  /** What is found, each with the bytes around it. */
  in(place: string | Buffer): string[] {
    const bytes = Buffer.from(place);
    return this.writings.flatMap(({ of, as, bytes: writing }) => {
      const at = bytes.indexOf(writing);
      if (at < 0) return [];
      const around = bytes.subarray(Math.max(0, at - CONTEXT_BYTES), at + writing.length + CONTEXT_BYTES);
      return [`${of}, as ${as}: ${around.toString('latin1').replace(/[^\x20-\x7e]+/g, '·')}`];
    });
  }

  /** Of all that is looked for, in all its writings, what is not there. */
  missingIn(place: string | Buffer): string[] {
    const bytes = Buffer.from(place);
    return this.writings.filter((each) => !bytes.includes(each.bytes)).map(({ of, as }) => `${of}, as ${as}`);
  }

  /** Everything that is looked for, for a place where all of it must be found. */
  get specimen(): Buffer {
    return Buffer.concat(this.writings.flatMap(({ bytes }) => [bytes, Buffer.from(' ')]));
  }
}

/** What base64 makes of the bytes wherever they lie behind so many others, without the characters at the edges. */
function base64Inside(bytes: Buffer, before: number): string {
  const whole = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const end = (before + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
  return whole.slice(Math.ceil((before * 4) / 3), end);
}

/** Writes every line of the log to a list, to be looked through. */
export function logInto(lines: string[]): Logger {
  const note = (fields: object, event: string) => void lines.push(event + JSON.stringify(fields));
  return { debug: note, info: note, warn: note, error: note };
}

/** Every file below a folder, with what it holds. */
export function* filesBelow(folder: string): Generator<{ path: string; bytes: Buffer }> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    yield { path, bytes: readFileSync(path) };
  }
}
