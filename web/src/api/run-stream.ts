import { client } from './client.js';
import { takeMessages } from './server-events.js';
import type { RunItem, RunStreamQuery } from './types.js';

export interface RunStreamReader {
  /** From here on nothing is missed: what was before has to be read now. Comes again after every loss. */
  onReady: () => void;
  /** Runs that came in or changed, in that order; `more` where some that came in are not among them. */
  onRuns: (runs: RunItem[], more: boolean) => void;
  /** Nothing is told until `onReady` comes again. */
  onLost: () => void;
}

/** The server says that it is alive every 15 s: a connection that says nothing for so long is dead. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;

/** Tells of runs as they change, and begins again with growing waits whenever the stream ends; the answer ends it. */
export function followRuns(query: RunStreamQuery, reader: RunStreamReader): () => void {
  const stop = new AbortController();
  void follow(query, reader, stop.signal);
  return () => stop.abort();
}

async function follow(query: RunStreamQuery, reader: RunStreamReader, stop: AbortSignal): Promise<void> {
  let failures = 0;
  const ready = () => {
    failures = 0;
    reader.onReady();
  };
  while (!stop.aborted) {
    // However it ended, it begins again: what the reader has to know is that nothing is told meanwhile.
    await readOnce(query, { ...reader, onReady: ready }, stop).catch(() => {});
    if (stop.aborted) return;
    reader.onLost();
    await wait(Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** failures), stop);
    failures += 1;
  }
}

async function readOnce(query: RunStreamQuery, reader: RunStreamReader, stop: AbortSignal): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([stop, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const { data } = await client.GET('/api/v1/runs/stream', { params: { query }, parseAs: 'stream', signal });
    if (!data) return;
    const chunks = data.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await chunks.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      const taken = takeMessages(rest + value);
      rest = taken.rest;
      if (taken.messages.some(({ event }) => event === 'ready')) reader.onReady();
      const runs = taken.messages.filter(({ event }) => event === 'run').map(({ data }) => JSON.parse(data) as RunItem);
      const more = taken.messages.some(({ event }) => event === 'more');
      if (runs.length > 0 || more) reader.onRuns(runs, more);
    }
  } finally {
    clearTimeout(timer);
  }
}

const wait = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
