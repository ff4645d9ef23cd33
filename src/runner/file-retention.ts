import { Injectable } from '@nestjs/common';
import { formatId } from '../core/id.js';
import { DefinitionMentions } from '../integrations/definition-mentions.js';
import { Config } from '../platform/config/config.js';
import { Files } from '../platform/files/files.js';
import { UnfinishedMentions } from '../runs/unfinished-mentions.js';

const DAY_MS = 86_400_000;
const PAGE = 200;
/** Of one go; the next one, an hour later, goes on from there. */
const MAX_PAGES = 50;

/** Removes files that never became whole, and those past their days, unless a definition names them or a run that is not over may still send them. */
@Injectable()
export class FileRetention {
  /** Where the last go ended: those that are kept must not keep later ones from being looked at. */
  private after: string | null = null;

  constructor(
    private readonly config: Config,
    private readonly files: Files,
    private readonly definitions: DefinitionMentions,
    private readonly runs: UnfinishedMentions,
  ) {}

  /** Answers how many of those past their days were removed. */
  async expire(nowMs: number): Promise<number> {
    await this.files.removeAbandoned(nowMs);
    const before = new Date(nowMs - this.config.retentionDays * DAY_MS);
    let removed = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const ids = await this.files.madeBefore(before, this.after, PAGE);
      this.after = ids.at(-1) ?? null;
      if (ids.length === 0) break;
      removed += await this.removeUnnamed(ids);
    }
    return removed;
  }

  private async removeUnnamed(ids: string[]): Promise<number> {
    const names = ids.map((id) => formatId('fil', id));
    const [drawn, live] = [await this.definitions.of(names), await this.runs.of(names)];
    const unnamed = ids.filter((_, index) => !drawn.has(names[index]) && !live.has(names[index]));
    for (const id of unnamed) await this.files.remove(id);
    return unnamed.length;
  }
}
