import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is known of a file; its bytes lie in the storage, never in the database. */
@Entity('files')
export class StoredFile {
  /** Also its name in the storage: what a sender calls a file never becomes a path. */
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  id: string;

  @Column({ name: 'filename', type: 'text' })
  filename: string;

  @Column({ name: 'content_type', type: 'text' })
  contentType: string;

  /** Null: it is still being received, or its reception was cut off. Such a file does not exist for anybody. */
  @Column({
    name: 'bytes',
    type: 'bigint',
    nullable: true,
    transformer: { to: (bytes: number | null) => bytes, from: (text: string | null) => (text === null ? null : +text) },
  })
  bytes: number | null;

  @Column({ name: 'sha256', type: 'bytea', nullable: true, select: false })
  sha256: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;
}
