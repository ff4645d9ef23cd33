import { z } from 'zod';
import { type IdPrefix, parseId } from '../../core/id.js';

/** A public id, `run_…`, checked and turned into its UUID: for `@Param('id', { schema: idOf('run') })` and for bodies. */
export const idOf = (prefix: IdPrefix) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), {
      error: `Must be an id that begins with "${prefix}_", as it was given.`,
    })
    .transform((text) => parseId(prefix, text) as string);
