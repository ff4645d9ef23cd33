import { manual, schedule, webhook } from './builtin/doors.js';
import { hookline } from './builtin/hookline.js';
import { process } from './builtin/process.js';
import { project } from './builtin/project.js';
import { spaces } from './builtin/space.js';
import { system } from './builtin/system.js';
import { workflows } from './builtin/workflow.js';
import type { BuiltinType, EventType } from './event-type.js';

const byConnector: Record<string, BuiltinType[]> = {
  project,
  process,
  space: spaces,
  workflow: workflows,
  webhook,
  schedule,
  manual,
  system,
  hookline,
};

/** In the order of the catalogue; `warn` until somebody decides otherwise. */
export const builtinTypes: readonly EventType[] = Object.entries(byConnector).flatMap(([connector, types]) =>
  types.map(({ tree = null, ...type }) => ({ ...type, connector, tree, validation: 'warn' as const, builtin: true })),
);

const byName = new Map(builtinTypes.map((type) => [type.name, type]));

export const findBuiltinType = (name: string): EventType | undefined => byName.get(name);

/** First words of names that releases to come may use. */
export const RESERVED_NAMESPACES: ReadonlySet<string> = new Set(builtinTypes.map(({ name }) => name.split('.')[0]));
