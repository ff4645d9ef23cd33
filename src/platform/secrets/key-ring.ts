import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Where a sealed value lies. It opens nowhere else: a copy in another row or column is refused. */
export interface SealedPlace {
  table: string;
  id: string;
  column: string;
}

/** A value that cannot be opened. The message names keys by their ids and shows nothing of the value. */
export class SealError extends Error {
  constructor(
    readonly reason: 'unknown_key' | 'damaged',
    message: string,
  ) {
    super(message);
    this.name = 'SealError';
  }
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) under the first key; any key opens what it sealed. A sealed value is
 * `v1.<key id>.<base64url of nonce, ciphertext and tag>`. Nonces are random: safe for 2^32 values under one key.
 */
export class KeyRing {
  private readonly keys: ReadonlyMap<string, Buffer>;
  /** Of the key that seals. */
  readonly currentId: string;

  /** @param keys 32 bytes each, at least one */
  constructor(keys: readonly Buffer[]) {
    this.keys = new Map(keys.map((key) => [keyIdOf(key), key]));
    this.currentId = keyIdOf(keys[0]);
  }

  seal(text: string, place: SealedPlace): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys.get(this.currentId)!, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(this.currentId, place));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return this.prefix + sealed.toString('base64url');
  }

  /** Throws `SealError`. */
  open(sealed: string, place: SealedPlace): string {
    const [version, id, data, ...rest] = sealed.split('.');
    if (version !== VERSION || !data || rest.length > 0) throw damaged(place);
    const key = this.keys.get(id);
    if (!key) {
      throw new SealError(
        'unknown_key',
        `It was sealed with the key ${id}, which HOOKLINE_SECRET_KEY does not hold: add that key behind the others.`,
      );
    }
    const bytes = Buffer.from(data, 'base64url');
    if (bytes.length < IV_BYTES + TAG_BYTES) throw damaged(place);
    try {
      const cipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(id, place));
      cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return cipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + cipher.final('utf8');
    } catch {
      throw damaged(place);
    }
  }

  /** What every value begins with that the first key sealed. */
  get prefix(): string {
    return `${VERSION}.${this.currentId}.`;
  }

  holds(keyId: string): boolean {
    return this.keys.has(keyId);
  }
}

/** Tells keys apart and gives nothing of them away: eight digits of a hash of 256 random bits. */
export const keyIdOf = (key: Buffer): string =>
  createHash('sha256').update('hookline secret key id').update(key).digest('hex').slice(0, 8);

const boundTo = (keyId: string, { table, id, column }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([VERSION, keyId, table, id, column]));

const damaged = ({ table, id, column }: SealedPlace): SealError =>
  new SealError('damaged', `The sealed value ${table}.${column} of ${id} was changed or moved: give the secret again.`);
