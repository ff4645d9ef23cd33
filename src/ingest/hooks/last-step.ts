import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import { MIMEType } from 'whatwg-mimetype';
import { parseId } from '../../core/id.js';
import { RunEnds } from '../../runs/run-ends.js';
import { RunReader } from '../../runs/run-reader.js';

/** Senders hang up soon after. */
const MAX_WAIT_MS = 25_000;

/** What the caller of a hook is answered in the place of our own answer. */
export type LastStepAnswer = { kind: 'failed' } | { kind: 'answer'; contentType: string; body: Buffer };

/** Waits for a run and makes an answer of what its last call was answered. */
@Injectable()
export class LastStep {
  constructor(
    private readonly ends: RunEnds,
    private readonly runs: RunReader,
  ) {}

  /** Null where the run has not ended in time. @param runId `run_…` */
  async answerOf(runId: string): Promise<LastStepAnswer | null> {
    const id = parseId('run', runId)!;
    if (!(await this.ends.waitFor(id, MAX_WAIT_MS))) return null;
    const last = await this.runs.lastAnswer(id);
    if (last?.status !== 'succeeded') return { kind: 'failed' };
    return { kind: 'answer', contentType: harmlessType(last.contentType, last.body), body: last.body };
  }
}

/** JSON stays JSON, text becomes plain text and the rest bytes: nothing of it may ever be a page of ours. */
function harmlessType(contentType: string | null, body: Buffer): string {
  const type = contentType === null ? null : MIMEType.parse(contentType);
  if (type !== null && (type.subtype === 'json' || type.subtype.endsWith('+json'))) return 'application/json';
  return isUtf8(body) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}
