import { z } from 'zod';
import { RESERVED_PARAMETERS } from '../../platform/oauth/authorization.js';
import { isTokenUrl } from '../../platform/oauth/token-request.js';
import { isMasked } from '../connection-auth.js';

const MAX_TOKEN_CHARS = 64 * 1024;
const MAX_EXTRA = 50;

const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'Must be one line of text, without control characters.' });
const WRITE_ONLY = { writeOnly: true, description: 'Stored sealed; reads show a mask.' };

const authorizationUrl = text(4_000).refine(isAuthorizationUrl, {
  error: 'Must begin with https:// (or http://) and hold no user name.',
});
const accessTokenUrl = text(4_000).refine(isTokenUrl, {
  error: 'Must begin with https:// (http:// only to this machine or local network) and hold no user name or fragment.',
});
/** RFC 6749, appendix A.1: visible ASCII and space. */
const clientId = text(1_000).regex(/^[\x20-\x7e]+$/, { error: 'Must be visible ASCII characters.' });
const clientSecret = text(16 * 1024)
  .refine((value) => !isMasked(value), {
    error: 'This is the mask of a secret, not the secret. Give the secret itself.',
  })
  .meta({ ...WRITE_ONLY, description: 'Stored sealed; reads show a mask. Empty: a public client.' });
const scope = text(8_000).meta({ description: 'Separated by spaces.' });
const clientAuth = z
  .enum(['header', 'body'])
  .meta({ description: 'Where the client names itself to the token endpoint: HTTP Basic, or fields of the form.' });
const state = text(1_000).meta({
  description: 'Comes back behind a random part of our own and a dot. Empty: only our own part.',
});
const extraAuthParams = z
  .record(text(200).min(1), text(4_000))
  .superRefine((extra, context) => {
    const names = Object.keys(extra);
    if (names.length > MAX_EXTRA)
      context.addIssue({ code: 'custom', message: `Too many: at most ${MAX_EXTRA} parameters.` });
    for (const name of names.filter((each) => RESERVED_PARAMETERS.has(each))) {
      const message = `The parameter ${name} cannot be set here: the sign-in sets it itself.`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .meta({ description: 'Added to the authorization URL, for example `{"prompt": "consent"}`.' });
/** Empty, as an empty field of a form is sent, says the same as null. */
const token = text(MAX_TOKEN_CHARS)
  .regex(/^[\x21-\x7e]*$/, { error: 'Must be visible ASCII characters without spaces.' })
  .transform((value) => value || null)
  .nullish();

export const oauth2Schema = z.strictObject({
  type: z.literal('oauth2'),
  authorizationUrl,
  accessTokenUrl,
  clientId,
  clientSecret: clientSecret.default(''),
  scope: scope.default(''),
  state: state.default(''),
  accessToken: token.meta({ ...WRITE_ONLY, description: 'A token got elsewhere: it makes the connection connected.' }),
  refreshToken: token.meta(WRITE_ONLY),
  extraAuthParams: extraAuthParams.default({}),
  clientAuth: clientAuth.default('header'),
});

export const clientCredentialsSchema = z.strictObject({
  type: z.literal('oauth2-client-credentials'),
  accessTokenUrl,
  clientId,
  clientSecret,
  scope: scope.default(''),
  clientAuth: clientAuth.default('header'),
});

/** Masks may come in secret members, so these are judged by the schemas above once the whole is known. */
const anyText = z.string();
export const oauth2PatchSchema = z.strictObject({
  type: z.literal('oauth2'),
  authorizationUrl: authorizationUrl.optional(),
  accessTokenUrl: accessTokenUrl.optional(),
  clientId: clientId.optional(),
  clientSecret: anyText.optional(),
  scope: scope.optional(),
  state: state.optional(),
  accessToken: anyText
    .nullish()
    .meta({ description: 'Null or empty: forgets the tokens. As it was read: leaves them.' }),
  refreshToken: anyText.nullish(),
  extraAuthParams: extraAuthParams.optional(),
  clientAuth: clientAuth.optional(),
});
export const clientCredentialsPatchSchema = z.strictObject({
  type: z.literal('oauth2-client-credentials'),
  accessTokenUrl: accessTokenUrl.optional(),
  clientId: clientId.optional(),
  clientSecret: anyText.optional(),
  scope: scope.optional(),
  clientAuth: clientAuth.optional(),
});

const masked = z.string().meta({ description: 'A mask.' });
/** What is known of the tokens. */
const tokensView = {
  status: z.enum(['connected', 'not-connected', 'reconnect']).meta({
    description: '`reconnect`: runs that need it wait until somebody signs in again, or mends what `error` says.',
  }),
  accessToken: z.string().nullable().meta({ description: 'Its last four characters.' }),
  expiresAt: z.string().nullable(),
  error: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .meta({ description: 'Why the last sign-in or refresh failed; null after one that succeeded.' }),
};
export const oauth2View = z.object({
  type: z.literal('oauth2'),
  authorizationUrl: z.string(),
  accessTokenUrl: z.string(),
  callbackUrl: z.string().meta({ description: 'To be registered at the provider.' }),
  clientId: z.string(),
  clientSecret: masked,
  scope: z.string(),
  state: z.string(),
  refreshToken: masked.nullable(),
  extraAuthParams: z.record(z.string(), z.string()),
  clientAuth: z.enum(['header', 'body']),
  ...tokensView,
});
export const clientCredentialsView = z.object({
  type: z.literal('oauth2-client-credentials'),
  accessTokenUrl: z.string(),
  clientId: z.string(),
  clientSecret: masked,
  scope: z.string(),
  clientAuth: z.enum(['header', 'body']),
  ...tokensView,
});

export const callbackUrlSchema = z
  .object({ callbackUrl: z.string().meta({ description: 'To be registered at every provider.' }) })
  .meta({ id: 'CallbackUrl' });

export const authorizationSchema = z
  .object({
    authorizationUrl: z.string().meta({ description: 'Where the person signs in, within 10 minutes.' }),
  })
  .meta({ id: 'Authorization' });

function isAuthorizationUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
