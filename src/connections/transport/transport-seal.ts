import { Injectable } from '@nestjs/common';
import { invalid } from '../../core/errors.js';
import type { Transport } from '../../platform/http/transport.js';
import type { KnownPlace } from '../../platform/secrets/sealed-columns.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { unreadable } from '../unreadable.js';
import type { ProxyPatch, TlsPatch } from './transport.schema.js';
import {
  joinTransport,
  keepsSecrets,
  settled,
  splitTransport,
  transportOf,
  type ShownTransport,
  type TransportSecret,
  type TransportSettings,
} from './transport-settings.js';

/** What a request says of it; a member that is left out stays as it is. */
export interface TransportChange {
  tls?: TlsPatch;
  proxy?: ProxyPatch;
}

/** The two columns of a connection that hold its transport; null: it has none of its own, or nothing secret. */
export interface TransportColumns {
  transport: string | null;
  transportSecret: string | null;
}

export const transportPlace = (id: string): KnownPlace => ({ table: 'connections', id, column: 'transport_secret' });

/** What may be shown of a stored transport. */
export const shownTransport = (transport: string | null): ShownTransport =>
  transport === null ? { tls: null, proxy: null } : (JSON.parse(transport) as ShownTransport);

/** Seals and opens how the calls of a connection get where they go. */
@Injectable()
export class TransportSeal {
  constructor(private readonly secrets: Secrets) {}

  /** As they are stored from now on. Throws a 422 that names the members at fault. */
  async changed(id: string, columns: TransportColumns, change: TransportChange): Promise<TransportColumns> {
    const { transport, transportSecret } = columns;
    if (change.tls === undefined && change.proxy === undefined) return { transport, transportSecret };
    // Not opened where every secret is given anew: that is how one whose key was lost is mended.
    const isOpened = keepsSecrets(change);
    const kept = await this.settings(id, isOpened ? columns : { transport, transportSecret: null }).catch(unreadable);
    const { settings, faults } = settled(kept, change);
    if (faults.length > 0) throw invalid('invalid_request', faults);
    return this.seal(id, settings);
  }

  private async seal(id: string, settings: TransportSettings): Promise<TransportColumns> {
    if (settings.tls === null && settings.proxy === null) return { transport: null, transportSecret: null };
    const { shown, secret } = splitTransport(settings);
    return {
      transport: JSON.stringify(shown),
      transportSecret:
        Object.keys(secret).length === 0 ? null : await this.secrets.seal(JSON.stringify(secret), transportPlace(id)),
    };
  }

  /** Throws `SealError`. */
  private async settings(id: string, { transport, transportSecret }: TransportColumns): Promise<TransportSettings> {
    const secret = transportSecret === null ? '{}' : await this.secrets.open(transportSecret, transportPlace(id));
    return joinTransport(shownTransport(transport), JSON.parse(secret) as TransportSecret);
  }

  /** Ready for calls; undefined where there is none. Throws `SealError`. */
  async open(id: string, columns: TransportColumns): Promise<Transport | undefined> {
    return columns.transport === null ? undefined : transportOf(await this.settings(id, columns));
  }
}
