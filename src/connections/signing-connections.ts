import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatId, newUuid } from '../core/id.js';
import { Secrets } from '../platform/secrets/secrets.js';
import { splitAuth } from './connection-auth.js';
import { Connection } from './connection.entity.js';
import { secretPlace } from './oauth/token-store.js';
import { CONNECTIONS_CHANNEL } from './connection-signals.js';

/** Of a new secret: 256 bits. */
const SECRET_BYTES = 32;

export interface SigningConnection {
  /** UUID. */
  id: string;
  /** `con_…`, as definitions name it. */
  publicId: string;
  /** `whsec_…`: shown to the receiver's owner now and never again. */
  secret: string;
}

/** Connections that sign the calls of a face (Standard Webhooks v1). A face makes and removes them with what they sign. */
@Injectable()
export class SigningConnections {
  constructor(private readonly secrets: Secrets) {}

  async create(tx: EntityManager, name: string, origin: string, by: string): Promise<SigningConnection> {
    const id = newUuid();
    const secret = newSecret();
    const columns = { id, name, origin, allowedHosts: [], createdBy: by, ...(await this.sealed(id, [secret])) };
    await tx.insert(Connection, columns);
    return { id, publicId: formatId('con', id), secret };
  }

  /** A new secret that signs beside the last one, which the next rotation drops. Answers the new one. */
  async rotate(tx: EntityManager, id: string): Promise<string> {
    const row = await tx
      .createQueryBuilder(Connection, 'connection')
      .addSelect('connection.secret')
      .where({ id })
      .getOneOrFail();
    const { secrets } = JSON.parse(await this.secrets.open(row.secret!, secretPlace(id))) as { secrets: string[] };
    const secret = newSecret();
    await tx.update(Connection, { id }, { ...(await this.sealed(id, [secret, secrets[0]])), updatedAt: () => 'now()' });
    await tx.query(`select pg_notify($1, $2)`, [CONNECTIONS_CHANNEL, id]);
    return secret;
  }

  /** After the integrations that used it. */
  async remove(tx: EntityManager, id: string): Promise<void> {
    await tx.delete(Connection, { id });
    await tx.query(`select pg_notify($1, $2)`, [CONNECTIONS_CHANNEL, id]);
  }

  private async sealed(id: string, secrets: string[]): Promise<Pick<Connection, 'auth' | 'secret'>> {
    const { shown, secret } = splitAuth({ type: 'standard-webhooks', secrets });
    return { auth: JSON.stringify(shown), secret: await this.secrets.seal(JSON.stringify(secret), secretPlace(id)) };
  }
}

const newSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
