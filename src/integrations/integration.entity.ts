import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ORIGINS = ['native', 'subscription', 'callback', 'platform-webhook'] as const;
/** Who made an integration: a person in the builder, or one of the faces. */
export type Origin = (typeof ORIGINS)[number];

export type IntegrationState = 'on' | 'off' | 'archived';

@Entity('integrations')
export class Integration {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  id: string;

  @Column({ name: 'name', type: 'text' })
  name: string;

  @Column({ name: 'description', type: 'text' })
  description: string;

  @Column({ name: 'origin', type: 'text' })
  origin: Origin;

  @Column({ name: 'is_on', type: 'boolean' })
  isOn: boolean;

  @Column({ name: 'archived_at', type: 'timestamptz', precision: 3, nullable: true })
  archivedAt: Date | null;

  /** Of what a person edits; the toggle and publishing do not raise it. */
  @Column({ name: 'revision', type: 'integer' })
  revision: number;

  /** JSON text of a `Definition`: text, so that no number loses a digit. */
  @Column({ name: 'draft', type: 'text' })
  draft: string;

  /** Connectors that the draft's steps use, for the list's filter. */
  @Column({ name: 'connectors', type: 'text', array: true })
  connectors: string[];

  /** Of the events that start the draft, for the same filter. */
  @Column({ name: 'event_types', type: 'text', array: true })
  eventTypes: string[];

  /** Of the draft's trigger: by it a platform webhook starts this integration. */
  @Column({ name: 'tree_path', type: 'text', nullable: true })
  treePath: string | null;

  @Column({ name: 'published_version', type: 'integer', nullable: true })
  publishedVersion: number | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  /** When a person last changed the draft. */
  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;
}

export const stateOf = (row: Pick<Integration, 'isOn' | 'archivedAt'>): IntegrationState =>
  row.archivedAt ? 'archived' : row.isOn ? 'on' : 'off';
