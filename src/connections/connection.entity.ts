import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody's sign-in for outside systems. */
@Entity('connections')
export class Connection {
  @PrimaryColumn({ name: 'id', type: 'uuid' })
  id: string;

  @Column({ name: 'name', type: 'text' })
  name: string;

  /** `native`, or the face whose calls it signs. */
  @Column({ name: 'origin', type: 'text' })
  origin: string;

  /** As `allowed-hosts.ts` writes them. Empty: any host. */
  @Column({ name: 'allowed_hosts', type: 'text', array: true })
  allowedHosts: string[];

  /** JSON of a `PublicAuth`: what may be shown. */
  @Column({ name: 'auth', type: 'text' })
  auth: string;

  /** JSON of the secret members, sealed; null where there are none. */
  @Column({ name: 'secret', type: 'text', nullable: true, select: false })
  secret: string | null;

  /** JSON of a `ShownTransport`; null: calls go straight and trust the public authorities. */
  @Column({ name: 'transport', type: 'text', nullable: true })
  transport: string | null;

  /** JSON of a `TransportSecret`, sealed; null where nothing of it is secret. */
  @Column({ name: 'transport_secret', type: 'text', nullable: true, select: false })
  transportSecret: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;

  @Column({ name: 'last_tested_at', type: 'timestamptz', precision: 3, nullable: true })
  lastTestedAt: Date | null;

  @Column({ name: 'last_test_outcome', type: 'text', nullable: true })
  lastTestOutcome: 'succeeded' | 'failed' | null;
}
