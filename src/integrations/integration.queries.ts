import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { EventTypes } from '../connectors/event-types/event-types.js';
import { notFound } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { decodeCursor, pageFrom, pageQuery, type Page } from '../platform/api/paging.js';
import { Database } from '../platform/database/database.js';
import { DefinitionStore } from '../runs/definition-store.js';
import { HeldRuns } from '../runs/held-runs.js';
import { HookUrls } from './hook-urls.js';
import { storableText } from './definition.schema.js';
import {
  itemOf,
  viewOf,
  type IntegrationItem,
  type IntegrationRecord,
  type IntegrationView,
} from './integration-view.js';
import { IntegrationActivity } from './integration-activity.js';
import { Schedules } from './schedules.js';
import { ORIGINS, type Integration } from './integration.entity.js';
import { VersionsService } from './versions.service.js';

/** What the list can be sorted by: the expression, its type, and a row's value of it for the cursor. */
const SORTS = {
  created: { by: 'i.created_at', type: 'timestamptz', of: (row: Integration) => row.createdAt.toISOString() },
  updated: { by: 'i.updated_at', type: 'timestamptz', of: (row: Integration) => row.updatedAt.toISOString() },
  // Sixty characters: a cursor has to hold them.
  name: { by: 'lower(left(i.name, 60))', type: 'text', of: (row: Integration) => [...row.name].slice(0, 60).join('') },
  state: {
    by: `case when i.archived_at is not null then 2 when i.is_on then 0 else 1 end`,
    type: 'int',
    of: (row: Integration) => (row.archivedAt ? '2' : row.isOn ? '0' : '1'),
  },
} as const;
type Sort = keyof typeof SORTS;
const SORT_WORDS = (Object.keys(SORTS) as Sort[]).flatMap((sort) => [sort, `-${sort}`] as const);

export const listQuery = pageQuery.extend({
  state: z.enum(['on', 'off', 'archived']).optional(),
  published: z.enum(['true', 'false']).optional().meta({ description: 'false: drafts only.' }),
  attention: z.literal('true').optional().meta({ description: 'Those that are On and cannot do their work.' }),
  q: storableText(200).optional(),
  connector: storableText(200).optional().meta({ description: 'Of a step, or of what starts it.' }),
  origin: z.enum(ORIGINS).default('native'),
  sort: z.enum(SORT_WORDS).default('-created'),
});
export type ListQuery = z.infer<typeof listQuery>;

/** A cursor belongs to the order that it was made in. */
const cursorOf = (sort: (typeof SORT_WORDS)[number]) => {
  const { type } = SORTS[sort.replace('-', '') as Sort];
  const key =
    type === 'timestamptz'
      ? z.iso.datetime().refine((time) => Date.parse(time) > 0)
      : type === 'int'
        ? z.enum(['0', '1', '2'])
        : storableText(60 * 2);
  return z.tuple([z.literal(sort), key, z.uuid()]);
};

const SELECT = `select i.id, i.name, i.description, i.origin, i.is_on "isOn", i.archived_at "archivedAt", i.revision, i.draft,
    i.connectors, i.published_version "publishedVersion", i.created_at "createdAt", i.updated_at "updatedAt",
    i.created_by "createdBy", v.definition_id "definitionId"
  from integrations i
  left join integration_versions v on v.integration_id = i.id and v.number = i.published_version`;
type Selected = Integration & { definitionId: number | null };

const STATE_IS = {
  on: 'i.archived_at is null and i.is_on',
  off: 'i.archived_at is null and not i.is_on',
  archived: 'i.archived_at is not null',
};

/** Reads integrations for people: one, or a page of them. */
@Injectable()
export class IntegrationQueries {
  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionStore,
    private readonly held: HeldRuns,
    private readonly hooks: HookUrls,
    private readonly schedules: Schedules,
    private readonly versions: VersionsService,
    private readonly activity: IntegrationActivity,
    private readonly eventTypes: EventTypes,
  ) {}

  async one(id: string): Promise<IntegrationView> {
    const rows = await this.database.source.query<Selected[]>(`${SELECT} where i.id = $1`, [id]);
    if (rows.length === 0) throw notFound('integration', formatId('int', id));
    const view = viewOf((await this.records(rows))[0]);
    return { ...view, problems: await this.versions.faults(this.database.source.manager, view) };
  }

  /** A page; archived ones only where they are asked for. */
  async list(query: ListQuery): Promise<Page<IntegrationItem>> {
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const sort = SORTS[query.sort.replace('-', '') as Sort];
    const descending = query.sort.startsWith('-');

    const where = [`i.origin = ${bind(query.origin)}`];
    where.push(query.state ? STATE_IS[query.state] : 'i.archived_at is null');
    if (query.published) where.push(`i.published_version is ${query.published === 'true' ? 'not' : ''} null`);
    if (query.attention) where.push(`i.id = any(${bind(await this.activity.needingAttention())}::uuid[])`);
    if (query.q) where.push(`strpos(lower(i.name), lower(${bind(query.q)})) > 0`);
    if (query.connector) where.push(await this.ofConnector(query.connector, bind));
    const after = decodeCursor(query.cursor, cursorOf(query.sort));
    if (after) {
      const [, key, id] = after;
      const value = `${bind(key)}::${sort.type}`;
      const from = `(${sort.type === 'text' ? `lower(${value})` : value}, ${bind(id)}::uuid)`;
      where.push(`(${sort.by}, i.id) ${descending ? '<' : '>'} ${from}`);
    }
    const direction = descending ? 'desc' : 'asc';
    const rows = await this.database.source.query<Selected[]>(
      `${SELECT} where ${where.join(' and ')} order by ${sort.by} ${direction}, i.id ${direction} limit ${bind(query.limit + 1)}`,
      values,
    );
    const records = await this.records(rows);
    return pageFrom(records, query.limit, ({ row }) => [query.sort, sort.of(row), row.id], itemOf);
  }

  /** One of its steps is an action of the connector, or what starts it an event of it. */
  private async ofConnector(connector: string, bind: (value: unknown) => string): Promise<string> {
    await this.eventTypes.refresh();
    const types = this.eventTypes.all().flatMap((type) => (type.connector === connector ? [type.name] : []));
    return `(${bind(connector)} = any(i.connectors) or i.event_types && ${bind(types)}::text[])`;
  }

  private async records(rows: Selected[]): Promise<IntegrationRecord[]> {
    const ids = rows.map((row) => row.id);
    const [held, hookUrls, next] = await Promise.all([
      this.held.count(ids),
      this.hooks.urls(ids),
      this.schedules.nextOf(ids),
    ]);
    return Promise.all(
      rows.map(async (row) => ({
        row,
        published: row.definitionId === null ? null : await this.definitions.get(row.definitionId),
        heldCount: held.get(row.id) ?? 0,
        hookUrl: hookUrls.get(row.id) ?? null,
        nextFireAt: next.get(row.id) ?? null,
      })),
    );
  }
}
