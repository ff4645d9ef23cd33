/** What expressions see: `{ trigger, steps, run, integration }`. A name that is not there reads as missing. */
export type Scope = Record<string, unknown>;

/** Anything else at the beginning of a path is a fault of the definition. */
export const SCOPE_NAMES: readonly string[] = ['trigger', 'steps', 'run', 'integration'];
