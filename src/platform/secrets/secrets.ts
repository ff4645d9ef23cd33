import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { keyFromFile } from './key-file.js';
import { KeyRing } from './key-ring.js';
import type { KnownPlace } from './sealed-columns.js';

/** Seals what the database may hold only unreadable. Keys from the settings, or from the data folder where there are none. */
@Injectable()
export class Secrets {
  private ring: Promise<KeyRing> | null = null;

  constructor(private readonly config: Config) {}

  async seal(text: string, place: KnownPlace): Promise<string> {
    return (await this.keys()).seal(text, place);
  }

  /** Throws `SealError`. */
  async open(sealed: string, place: KnownPlace): Promise<string> {
    return (await this.keys()).open(sealed, place);
  }

  /** What every value begins with that is sealed now. */
  async prefix(): Promise<string> {
    return (await this.keys()).prefix;
  }

  /** Those of the given key ids that nothing can be opened with here. */
  async missing(keyIds: readonly string[]): Promise<string[]> {
    if (keyIds.length === 0) return [];
    const ring = await this.keys();
    return keyIds.filter((id) => !ring.holds(id));
  }

  /** Read when it is first needed: a data folder without secrets needs no key. A failure is not remembered. */
  private keys(): Promise<KeyRing> {
    this.ring ??= this.read().catch((error: unknown) => {
      this.ring = null;
      throw error;
    });
    return this.ring;
  }

  private async read(): Promise<KeyRing> {
    const { secretKeys, dataDir } = this.config;
    return new KeyRing(secretKeys.length > 0 ? secretKeys : [await keyFromFile(dataDir)]);
  }
}
