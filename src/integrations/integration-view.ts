import type { Definition, Step, Trigger } from '../core/definition.js';
import type { Fault } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { stateOf, type Integration, type IntegrationState, type Origin } from './integration.entity.js';

/** What a read of one integration shows: its draft, and how that stands to what is published. */
export interface IntegrationView extends IntegrationHead {
  steps: Step[];
  /** What keeps the draft from being published and turned On. */
  problems: Fault[];
}

/** One line of the list: steps without what they send. */
export interface IntegrationItem extends IntegrationHead {
  steps: Pick<Step, 'key' | 'name' | 'kind' | 'connector' | 'action'>[];
}

interface IntegrationHead {
  id: string;
  name: string;
  description: string;
  trigger: Trigger;
  state: IntegrationState;
  revision: number;
  publishedVersion: number | null;
  draftDiffers: boolean;
  origin: Origin;
  /** Where it is called; null for other triggers, and for those who may not change it: the URL is all it takes. */
  hookUrl: string | null;
  /** Of its schedule, while it is On. */
  nextFireAt: string | null;
  heldCount: number;
  createdAt: string;
  updatedAt: string;
  createdBy: string;
}

/** A stored integration with what lies beside it. */
export interface IntegrationRecord {
  row: Integration;
  /** Null where nothing is published. */
  published: Definition | null;
  heldCount: number;
  hookUrl: string | null;
  nextFireAt: Date | null;
}

export function viewOf({
  row,
  published,
  heldCount,
  hookUrl,
  nextFireAt,
}: IntegrationRecord): Omit<IntegrationView, 'problems'> {
  const { trigger, steps } = parseJson(row.draft) as Definition;
  return {
    id: formatId('int', row.id),
    name: row.name,
    description: row.description,
    trigger,
    steps,
    state: stateOf(row),
    revision: row.revision,
    publishedVersion: row.publishedVersion,
    draftDiffers: published === null || JSON.stringify(published) !== row.draft,
    origin: row.origin,
    hookUrl: isHook(trigger, published) ? hookUrl : null,
    nextFireAt: nextFireAt?.toISOString() ?? null,
    heldCount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
  };
}

/** What is published goes on being called, whatever the draft says. */
const isHook = (draft: Trigger, published: Definition | null): boolean =>
  draft.type === 'webhook' || published?.trigger.type === 'webhook';

export function itemOf(record: IntegrationRecord): IntegrationItem {
  const view = viewOf(record);
  const steps = view.steps.map(({ key, name, kind, connector, action }) => ({ key, name, kind, connector, action }));
  return { ...view, steps };
}
