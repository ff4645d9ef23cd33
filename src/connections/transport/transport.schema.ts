import { z } from 'zod';
import { isMasked } from '../connection-auth.js';
import { certificatesIn } from './pem.js';

const MAX_PEM_CHARS = 32 * 1024;
const MAX_SECRET_CHARS = 16 * 1024;

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'Must be one line of text, without control characters.' });
const PEM = /^[\t\r\n\x20-\x7e]*$/;
const NO_PEM = { error: 'Must be PEM: text in ASCII.' };
const pem = z.string().max(MAX_PEM_CHARS).regex(PEM, NO_PEM);
/** Without whatever stands around them: people paste what their tools print. */
const certificates = pem.transform((text, context) => {
  try {
    return certificatesIn(text).join('');
  } catch (error) {
    context.issues.push({ code: 'custom', message: (error as Error).message, input: text });
    return z.NEVER;
  }
});

const proxyUrl = line(2_000).transform((text, context) => {
  const url = URL.parse(text);
  const isWhole = url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/';
  if (isWhole && !url.username && !url.password && !url.search && !url.hash) return url.origin;
  const message = 'Must be http://host:port or https://host:port. A user name and a password are fields of their own.';
  context.issues.push({ code: 'custom', message, input: text });
  return z.NEVER;
});

const WRITE_ONLY = { writeOnly: true, description: 'Stored sealed; reads show a mask.' };
const OR_NULL = 'Null: none.';

/** Of a new connection and of a change, where what is left out stays. Judged by `settled` once it is whole. */
export const tlsSchema = z
  .strictObject({
    ca: certificates.nullish().meta({ description: `PEM. Trusted in place of the public authorities. ${OR_NULL}` }),
    cert: certificates
      .nullish()
      .meta({ description: `PEM, with those between it and its authority. Shown to the receiver. ${OR_NULL}` }),
    key: z
      .string()
      .max(MAX_PEM_CHARS)
      .refine((text) => isMasked(text) || PEM.test(text), NO_PEM)
      .nullish()
      .meta({ ...WRITE_ONLY, description: 'PEM, of `cert`. Stored sealed; reads show a mask.' }),
    passphrase: line(1_000).nullish().meta({
      writeOnly: true,
      description: 'Opens `key`, which is stored opened and sealed. It is not stored itself.',
    }),
    servername: line(253)
      .regex(/^[a-z0-9_]([a-z0-9._:-]*[a-z0-9.])?$/i, { error: 'Must be the name of a host, or an address.' })
      .nullish()
      .meta({ description: `Asked for, and checked in the certificate, in place of the URL's host. ${OR_NULL}` }),
    skipVerify: z
      .boolean()
      .nullish()
      .meta({ description: 'Takes any certificate: whoever is on the way can read and change everything.' }),
  })
  .nullish()
  .meta({ description: `Of every call of the connection, token calls included. ${OR_NULL}` });

export const proxySchema = z
  .strictObject({
    url: proxyUrl.optional().meta({ description: '`http://host:port` or `https://host:port`.' }),
    username: line(1_000)
      .refine((text) => !text.includes(':'), { error: 'May not hold ":" (RFC 7617).' })
      .nullish(),
    password: line(MAX_SECRET_CHARS).nullish().meta(WRITE_ONLY),
  })
  .nullish()
  .meta({ description: `Every call of the connection goes through it, token calls included. ${OR_NULL}` });

export type TlsPatch = z.infer<typeof tlsSchema>;
export type ProxyPatch = z.infer<typeof proxySchema>;

const masked = z.string().meta({ description: 'A mask.' });
const date = z.string().nullable();
export const tlsView = z
  .object({
    ca: z.string().nullable(),
    caExpiresAt: date.meta({ description: 'Of the first that ends.' }),
    cert: z.string().nullable(),
    certExpiresAt: date,
    key: masked.nullable(),
    servername: z.string().nullable(),
    skipVerify: z.boolean(),
  })
  .nullable();
export const proxyView = z
  .object({ url: z.string(), username: z.string().nullable(), password: masked.nullable() })
  .nullable();

export type TlsView = z.infer<typeof tlsView>;
export type ProxyView = z.infer<typeof proxyView>;
