import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../core/role.js';

/** A key that programs sign their requests with. The key itself is stored nowhere. */
@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  id: string;

  @Column({ name: 'name', type: 'text' })
  name: string;

  @Column({ name: 'role', type: 'text' })
  role: Role;

  /** SHA-256 of the key. A key holds 256 random bits, so no slow hash is needed. */
  @Column({ name: 'hash', type: 'bytea', select: false })
  hash: Buffer;

  /** Its last four characters, so that people can tell their keys apart. */
  @Column({ name: 'hint', type: 'text' })
  hint: string;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', precision: 3, nullable: true })
  revokedAt: Date | null;

  /** To the minute. */
  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt: Date | null;
}
