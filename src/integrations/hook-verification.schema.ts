import { z } from 'zod';
import { HOOK_PRESETS, type HookVerification } from '../core/definition.js';

export const connectionIdSchema = z
  .string()
  .regex(/^con_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Must be the id of a connection, as it was given: con_…')
  .nullable()
  .default(null);

/** RFC 9110, 5.6.2. */
const headerName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'Must be the name of a header.');
/** Texts of one line, of the characters that a header can hold. */
const headerText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\x20-\x7e]*$/, 'Must be visible ASCII characters.');

const MAX_TOLERANCE_SECONDS = 3_600;

/** How deliveries to a hook URL are verified. What only `hmac` asks for has defaults that other presets do not read. */
export const hookVerificationSchema = z
  .strictObject({
    preset: z.enum(HOOK_PRESETS).default('none'),
    connectionId: connectionIdSchema,
    toleranceSeconds: z.int().min(1).max(MAX_TOLERANCE_SECONDS).default(300),
    replays: z
      .enum(['refuse', 'acknowledge'])
      .default('refuse')
      .meta({ description: 'The second use of one signed message: 401, or the first answer again.' }),
    header: headerName.default('X-Signature'),
    prefix: headerText(50).default(''),
    algorithm: z.enum(['sha1', 'sha256', 'sha384', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64', 'base64url']).default('hex'),
    signedContent: headerText(200)
      .default('{body}')
      .refine((content) => content.includes('{body}'), 'Must hold {body}: what is not signed cannot be trusted.'),
    timestampHeader: headerName.nullable().default(null),
    idHeader: headerName.nullable().default(null),
  })
  .superRefine(({ signedContent, timestampHeader, idHeader }, context) => {
    for (const [name, header] of [
      ['timestamp', timestampHeader],
      ['id', idHeader],
    ] as const) {
      if (signedContent.includes(`{${name}}`) === (header !== null)) continue;
      const message =
        header === null
          ? `signedContent holds {${name}}: say in which header it comes.`
          : `It must be signed too: put {${name}} into signedContent.`;
      context.addIssue({ code: 'custom', path: [`${name}Header`], message });
    }
  }) satisfies z.ZodType<HookVerification>;
