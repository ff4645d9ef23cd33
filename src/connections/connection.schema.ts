import { z } from 'zod';
import { pageOf } from '../platform/api/paging.js';
import { normalHost } from './allowed-hosts.js';
import { isMasked } from './connection-auth.js';
import {
  clientCredentialsPatchSchema,
  clientCredentialsSchema,
  clientCredentialsView,
  oauth2PatchSchema,
  oauth2Schema,
  oauth2View,
} from './oauth/oauth.schema.js';
import { parseStandardWebhookKey } from './standard-webhooks.js';
import { proxySchema, proxyView, tlsSchema, tlsView } from './transport/transport.schema.js';

const MAX_SECRET_CHARS = 16 * 1024;
/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** They belong to the connection and to the message's framing (RFC 9110, 7.6.1). */
const NOT_OURS =
  /^(connection|content-length|expect|host|http2-settings|keep-alive|te|trailer|transfer-encoding|upgrade|proxy-.*)$/i;

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'Must be one line of text, without control characters.' });
const name = line(200).refine((text) => text.trim() !== '', { error: 'May not be empty.' });
const secret = line(MAX_SECRET_CHARS).refine((text) => !isMasked(text), {
  error: 'This is the mask of a secret, not the secret. Give the secret itself.',
});
const WRITE_ONLY = { writeOnly: true, description: 'Stored sealed; reads show a mask.' };

const none = z.strictObject({ type: z.literal('none') });
const basic = z.strictObject({
  type: z.literal('basic'),
  username: line(1_000).refine((text) => !text.includes(':'), { error: 'May not hold ":" (RFC 7617).' }),
  password: secret.meta(WRITE_ONLY),
});
const bearer = z.strictObject({
  type: z.literal('bearer'),
  token: secret.regex(/^[\x21-\x7e]+$/, { error: 'Must be visible ASCII characters without spaces.' }).meta(WRITE_ONLY),
});
const apiKey = z.strictObject({
  type: z.literal('api-key'),
  name: name.meta({ description: 'Of the header or the query parameter.' }),
  value: secret.min(1).meta(WRITE_ONLY),
  in: z.enum(['header', 'query']),
});

const MAX_SECRETS = 10;
const MIN_SHARED_SECRET = 8;
const LIST = {
  writeOnly: true,
  description: 'Stored sealed; reads show numbered masks. Several while one is replaced.',
};
const standardWebhooks = z.strictObject({
  type: z.literal('standard-webhooks'),
  secrets: z
    .array(
      secret.refine((text) => parseStandardWebhookKey(text) !== null, {
        error: 'Must be a key of Standard Webhooks: whsec_ (24 to 64 bytes in base64), whsk_, or whpk_ to verify only.',
      }),
    )
    .min(1)
    .max(MAX_SECRETS)
    .meta(LIST),
});
const sharedSecret = z.strictObject({
  type: z.literal('shared-secret'),
  secrets: z.array(secret.min(MIN_SHARED_SECRET)).min(1).max(MAX_SECRETS).meta(LIST),
});
const secretsPatch = { secrets: z.array(z.string()).min(1).max(MAX_SECRETS).optional() };

/** A whole sign-in. */
export const authSchema = z
  .discriminatedUnion('type', [
    none,
    basic,
    bearer,
    apiKey,
    standardWebhooks,
    sharedSecret,
    oauth2Schema,
    clientCredentialsSchema,
  ])
  .superRefine((auth, context) => {
    if (auth.type !== 'api-key' || auth.in !== 'header') return;
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (!TOKEN.test(auth.name)) say('name', 'Must be the name of a header: letters, digits and - _ . are.');
    else if (NOT_OURS.test(auth.name)) say('name', `The header ${auth.name} cannot be set.`);
    if (!/^[\x21-\xff]([\x20-\xff]*[\x21-\xff])?$/.test(auth.value)) {
      say('value', 'A header holds no characters outside Latin-1, and no space at either end.');
    }
  });

/** A change of one: what is left out stays, a secret also where its mask is given. Judged by `authSchema` once it is whole. */
const authPatch = z.discriminatedUnion('type', [
  none,
  basic.extend({ password: z.string() }).partial({ username: true, password: true }),
  bearer.extend({ token: z.string() }).partial({ token: true }),
  apiKey.extend({ value: z.string() }).partial({ name: true, value: true, in: true }),
  standardWebhooks.extend(secretsPatch),
  sharedSecret.extend(secretsPatch),
  oauth2PatchSchema,
  clientCredentialsPatchSchema,
]);

const allowedHosts = z
  .array(
    z
      .string()
      .max(260)
      .transform((text, context) => {
        const host = normalHost(text);
        if (host !== null) return host;
        const message = 'Must be a host, or *. and a host, each with an optional :port. No scheme, no path.';
        context.issues.push({ code: 'custom', message, input: text });
        return z.NEVER;
      }),
  )
  .max(100)
  .meta({ description: '`example.com`, `*.example.com`, `example.com:8443`. Empty: any host.' });

export const newConnectionSchema = z
  .strictObject({ name, allowedHosts: allowedHosts.default([]), tls: tlsSchema, proxy: proxySchema, auth: authSchema })
  .meta({ id: 'NewConnection' });
export type NewConnection = z.infer<typeof newConnectionSchema>;

export const connectionPatchSchema = z
  .strictObject({
    name: name.optional(),
    allowedHosts: allowedHosts.optional(),
    tls: tlsSchema,
    proxy: proxySchema,
    auth: authPatch.optional(),
  })
  .meta({ id: 'ConnectionPatch' });
export type ConnectionPatch = z.infer<typeof connectionPatchSchema>;

const masked = z.string().meta({ description: 'A mask.' });
const authView = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('basic'), username: z.string(), password: masked }),
  z.object({ type: z.literal('bearer'), token: masked }),
  z.object({ type: z.literal('api-key'), name: z.string(), value: masked, in: z.enum(['header', 'query']) }),
  z.object({ type: z.enum(['standard-webhooks', 'shared-secret']), secrets: z.array(masked) }),
  oauth2View,
  clientCredentialsView,
]);

export const connectionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    allowedHosts: z.array(z.string()),
    tls: tlsView,
    proxy: proxyView,
    auth: authView,
    usedBy: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .meta({ description: 'Integrations whose draft or published version uses it.' }),
    lastTestedAt: z.string().nullable(),
    lastTestOutcome: z
      .enum(['succeeded', 'failed'])
      .nullable()
      .meta({ description: 'Null: not tested since its sign-in was changed.' }),
    createdAt: z.string(),
    updatedAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'Connection' });
export type ConnectionView = z.infer<typeof connectionSchema>;
export const connectionsSchema = pageOf(connectionSchema);
