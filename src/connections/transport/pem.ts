import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(?:[^-]|-(?!----))*-----END \1-----/g;
/** Node opens a key while everything else waits: about half a second. */
const MAX_ROUNDS = 1_000_000;

/** The certificates of a PEM text, one a block. Throws an `Error` for the caller where it holds none, or anything else. */
export function certificatesIn(text: string): string[] {
  const blocks = [...text.matchAll(BLOCK)];
  // Certificates are shown to whoever may read the connection.
  if (text.includes('PRIVATE KEY')) throw new Error('Holds a private key, which belongs into "key".');
  const certificates = blocks.filter(([, label]) => label === 'CERTIFICATE').map(([block]) => `${block}\n`);
  if (certificates.length === 0) throw new Error('Must hold a certificate in PEM: -----BEGIN CERTIFICATE-----.');
  const broken = certificates.findIndex((certificate) => parsed(certificate) === null);
  if (broken < 0) return certificates;
  throw new Error(`Certificate ${broken + 1} of ${certificates.length} cannot be read: paste it whole.`);
}

/** ISO 8601; of several the first. @param pem as `certificatesIn` gives them, joined */
export function expiryOf(pem: string): string {
  const ends = certificatesIn(pem).map((certificate) => Date.parse(parsed(certificate)!.validTo));
  return new Date(Math.min(...ends)).toISOString();
}

/** A key that cannot be used, and because of which member. */
export type KeyFault = { member: 'cert' | 'key' | 'passphrase'; message: string };

/**
 * The key of a certificate, opened, in PEM. The message of a fault shows nothing of it.
 * @param passphrase null: none was given
 */
export function openedKey(key: string, passphrase: string | null, cert: string): { pem: string } | KeyFault {
  const block = [...key.matchAll(BLOCK)].find(([, label]) => label.endsWith('PRIVATE KEY'));
  if (!block) return { member: 'key', message: 'Must be a private key in PEM: -----BEGIN PRIVATE KEY-----.' };
  const isEncrypted = block[1].startsWith('ENCRYPTED') || block[0].includes('Proc-Type: 4,ENCRYPTED');
  if (isEncrypted && passphrase === null) {
    return { member: 'passphrase', message: 'The key is encrypted: give the passphrase that opens it, with the key.' };
  }
  if (isEncrypted && !opensSoon(block[0])) {
    const message = `The key is encrypted in a way that takes too long to open: use PBKDF2 with at most ${MAX_ROUNDS} rounds (openssl pkcs8 -topk8).`;
    return { member: 'key', message };
  }
  let opened: KeyObject;
  try {
    opened = createPrivateKey({ key: block[0], ...(isEncrypted ? { passphrase: passphrase! } : {}) });
  } catch {
    if (isEncrypted) return { member: 'passphrase', message: 'It does not open the key.' };
    return { member: 'key', message: 'Cannot be read: paste the private key whole.' };
  }
  if (!parsed(certificatesIn(cert)[0])!.checkPrivateKey(opened)) {
    return { member: 'key', message: 'It is not the key of the (first) certificate in cert.' };
  }
  const pem = opened.export({ type: 'pkcs8', format: 'pem' }) as string;
  try {
    createSecureContext({ cert, key: pem });
  } catch {
    return { member: 'cert', message: 'TLS does not take it with its key: too short a key, or too old an algorithm.' };
  }
  return { pem };
}

function parsed(certificate: string): X509Certificate | null {
  try {
    return new X509Certificate(certificate);
  } catch {
    return null;
  }
}

/** PBES2 and PBKDF2 of RFC 8018, appendix C. */
const [PBES2, PBKDF2] = [0x0d, 0x0c].map((last) =>
  Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, last]),
);
const MAX_HEAD_BYTES = 8;

/** Whoever writes a key says how many rounds it takes to open it. The old format (Proc-Type) takes one. */
function opensSoon(block: string): boolean {
  if (block.includes('Proc-Type')) return true;
  const der = Buffer.from(block.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  const scheme = der.indexOf(PBES2);
  // Then two heads of SEQUENCE, and how the key is derived: SEQUENCE { salt OCTET STRING, rounds INTEGER, … }.
  const derivation = scheme + PBES2.length + 4;
  if (scheme < 0 || scheme > MAX_HEAD_BYTES || der.indexOf(PBKDF2) !== derivation) return false;
  const salt = derivation + PBKDF2.length + 2;
  if (der[salt] !== 0x04 || der[salt + 1] >= 0x80) return false;
  const rounds = salt + 2 + der[salt + 1];
  const size = der[rounds + 1];
  if (der[rounds] !== 0x02 || !(size >= 1 && size <= 4) || rounds + 2 + size > der.length) return false;
  return der.readUIntBE(rounds + 2, size) <= MAX_ROUNDS;
}
