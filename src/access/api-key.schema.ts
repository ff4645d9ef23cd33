import { z } from 'zod';
import { formatId } from '../core/id.js';
import { ROLES } from '../core/role.js';
import type { ApiKey } from './api-key.entity.js';

/** A name that people read: no control characters, no halves of characters. */
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: 'Must be one line of text, without control characters.' });

const YEARS_MAX = 9999;

export const newApiKeySchema = z
  .strictObject({
    name: nameSchema,
    role: z.enum(ROLES),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .refine((date) => date.getTime() > Date.now() && date.getUTCFullYear() <= YEARS_MAX, {
        error: 'Must lie in the future.',
      })
      .nullish()
      .meta({ description: 'The key is refused from then on. Left out: never.' }),
  })
  .meta({ id: 'NewApiKey' });

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    hint: z.string().meta({ description: 'The last four characters of the key.' }),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyView = z.infer<typeof apiKeySchema>;

export const madeApiKeySchema = apiKeySchema
  .extend({ key: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'MadeApiKey' });

export const cursorSchema = z.uuid();

export const viewOf = (key: ApiKey): ApiKeyView => ({
  id: formatId('key', key.id),
  name: key.name,
  role: key.role,
  hint: key.hint,
  createdAt: key.createdAt.toISOString(),
  createdBy: key.createdBy,
  expiresAt: key.expiresAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});
