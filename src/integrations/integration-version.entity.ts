import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One published state of an integration; its definition never changes. */
@Entity('integration_versions')
export class IntegrationVersion {
  @PrimaryColumn({ name: 'integration_id', type: 'uuid' })
  integrationId: string;

  /** From 1, without gaps. */
  @PrimaryColumn({ name: 'number', type: 'integer' })
  number: number;

  @Column({ name: 'definition_id', type: 'integer' })
  definitionId: number;

  @Column({ name: 'note', type: 'text' })
  note: string;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;
}
