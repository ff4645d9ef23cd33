import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../core/role.js';

/** Somebody signed in with a key. It ends with that key, after 12 hours without a request, or after 7 days. */
@Entity('sessions')
export class Session {
  /** Of the cookie's value: see `secrets.ts`. */
  @PrimaryColumn({ name: 'hash', type: 'bytea' })
  hash: Buffer;

  /** Null: the key of HOOKLINE_ADMIN_API_KEY. */
  @Column({ name: 'api_key_id', type: 'uuid', nullable: true })
  apiKeyId: string | null;

  @Column({ name: 'name', type: 'text' })
  name: string;

  @Column({ name: 'role', type: 'text' })
  role: Role;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  /** To the minute. */
  @Column({ name: 'seen_at', type: 'timestamptz', precision: 3 })
  seenAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  expiresAt: Date;
}
