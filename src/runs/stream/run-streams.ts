import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HooklineError } from '../../core/errors.js';
import { RunWatch, type RunChange, type Watched } from './run-watch.js';
import type { RunStreamFilter } from './run-stream-filter.js';
import { concerns } from './run-stream-filter.js';

/** Of one process: each is a connection that stays. */
const MAX_STREAMS = 200;
const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so many bytes is let go of: it reads the list when it comes again. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** Streams of server-sent events, one for each reader. */
@Injectable()
export class RunStreams implements OnModuleDestroy {
  private readonly streams = new Set<Readable>();

  constructor(private readonly watch: RunWatch) {}

  /** A stop of the program waits for answers under way: these would never end by themselves. */
  onModuleDestroy(): void {
    for (const stream of this.streams) stream.push(null);
  }

  /** @param stillMay whether the reader may go on reading; asked before anything is told */
  async open(filter: RunStreamFilter, stillMay: () => Promise<boolean>): Promise<Readable> {
    if (this.streams.size >= MAX_STREAMS) {
      const message = `${MAX_STREAMS} streams are open, which is the most: read the list instead.`;
      throw new HooklineError('unavailable', 'too_many_streams', message, { retryAfterMs: HEARTBEAT_MS });
    }
    const stream = new Readable({ read: () => {} });
    this.streams.add(stream);
    let telling = Promise.resolve();
    const write = (text: string) => {
      telling = telling.then(async () => {
        if (stream.destroyed || stream.readableEnded || !this.streams.has(stream)) return;
        // An end would have to wait until all of it is taken.
        if (stream.readableLength >= MAX_UNREAD_BYTES) return void stream.destroy();
        if (await stillMay().catch(() => false)) stream.push(text);
        else end();
      });
    };
    const end = () => {
      if (this.streams.delete(stream)) stream.push(null);
    };
    const beat = setInterval(() => {
      if (this.streams.has(stream)) write(': alive\n\n');
      else stream.destroy(); // it was ended, and its reader has not taken the rest
    }, HEARTBEAT_MS);
    beat.unref();
    let unwatch: (() => void) | null = null;
    stream.once('close', () => {
      clearInterval(beat);
      this.streams.delete(stream);
      unwatch?.();
    });
    try {
      unwatch = await this.watch.watch((watched) => {
        const text = told(watched, filter);
        if (text === null) end();
        else if (text !== '') write(text);
      });
    } catch (error) {
      stream.destroy();
      throw error;
    }
    if (stream.destroyed) unwatch();
    stream.push('retry: 3000\nevent: ready\ndata: {}\n\n');
    return stream;
  }
}

/** What a reader is told; null where the stream has to end. */
function told(watched: Watched, filter: RunStreamFilter): string | null {
  if (watched.kind === 'lost') return null;
  const runs = watched.changes.filter((change) => concerns(change, filter)).map(message);
  return runs.join('') + (watched.more ? 'event: more\ndata: {}\n\n' : '');
}

const message = ({ run }: RunChange): string => `event: run\nid: ${run.id}\ndata: ${JSON.stringify(run)}\n\n`;
