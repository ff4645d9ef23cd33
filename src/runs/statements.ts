import { readFileSync } from 'node:fs';

/** The hot path's statements, one file each in `sql/`; named, so that every connection prepares them once. */
const statement = (name: string) => ({
  name: `runs.${name}`,
  text: readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8'),
});

export const ACCEPT = statement('accept');
export const BEGIN = statement('begin');
export const ADVANCE = statement('advance');
export const PULL = statement('pull');
export const CLAIM = statement('claim');
export const CREATE = statement('create');
export const CANCEL = statement('cancel');
export const PICK_UP = statement('pick-up');
export const HAND_BACK = statement('hand-back');
export const DUE_LANES = statement('due-lanes');
export const TAKEOVER = statement('takeover');
export const ORPHANS = statement('orphans');
export const OWNED = statement('owned');
export const STRAYS = statement('strays');
