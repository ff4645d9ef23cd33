import { Injectable } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { FileSource } from '../connectors/action.js';
import { fileOf } from '../connectors/http/response-file.js';
import type { RunError } from '../core/run.js';
import { Files, MAX_FILE_BYTES, type WholeFile } from '../platform/files/files.js';
import { HttpClient, type HttpResult } from '../platform/http/http.client.js';

export type FetchOutcome = { kind: 'fetched'; file: WholeFile } | { kind: 'failed'; error: RunError };

export interface FetchLimits {
  timeoutMs: number;
  maxBytes: number;
  /** By which the calls can be canceled. */
  owner?: string;
}

/** Smaller ones are held; so is the page that says why there is none. */
const HELD_BYTES = 64 * 1024;
const REDIRECTS = 5;

/**
 * Fetches files that a value names by their URL, to send them on. Guarded like every call, and anonymous: no header of
 * the step and nothing of its connection goes along, wherever the URL leads.
 */
@Injectable()
export class RemoteFiles {
  constructor(
    private readonly http: HttpClient,
    private readonly files: Files,
  ) {}

  /** Never rejects. Whoever takes the file removes it. */
  async fetch(source: Extract<FileSource, { kind: 'url' }>, limits: FetchLimits): Promise<FetchOutcome> {
    let file: WholeFile | null = null;
    const keep = async (body: Readable, headers: [string, string][]): Promise<void> => {
      const known = fileOf(headers, source.url);
      const filename = source.filename || known.filename;
      file = await this.files.store(body, { ...known, filename, createdBy: 'fetched' });
    };
    const result = await this.http.send({
      method: 'GET',
      url: source.url.split('#', 1)[0],
      headers: [
        ['Accept', '*/*'],
        ['User-Agent', 'Hookline'],
      ],
      body: null,
      timeoutMs: Math.max(1, limits.timeoutMs),
      maxResponseBytes: HELD_BYTES,
      overflow: {
        maxBytes: Math.min(limits.maxBytes, MAX_FILE_BYTES),
        takes: isFine,
        store: (body, _status, headers) => keep(body, headers),
      },
      redirects: REDIRECTS,
      owner: limits.owner,
    });
    const error = errorOf(result, source.url);
    if (result.kind === 'response' && error === null && !result.stored) {
      try {
        await keep(Readable.from([result.body], { objectMode: false }), result.headers);
      } catch {
        return { kind: 'failed', error: { code: 'reset', message: 'its file could not be stored just now.' } };
      }
    }
    if (error === null) return { kind: 'fetched', file: file! };
    // Stored whole, and then the call failed all the same: its deadline came between.
    const left = file as WholeFile | null;
    if (left) await this.files.remove(left.id).catch(() => undefined);
    return { kind: 'failed', error };
  }
}

const isFine = (status: number): boolean => status >= 200 && status < 300;

/** Without the query, which often is what gives access. */
const shown = (url: string): string => URL.parse(url)?.origin + (URL.parse(url)?.pathname ?? '');

function errorOf(result: HttpResult, url: string): RunError | null {
  const { status } = result;
  if (result.kind === 'response' && isFine(result.status)) return null;
  if (result.kind === 'error' && (status === null || status < 400)) {
    return { ...result.error, message: `its file at ${shown(url)} could not be fetched. ${result.error.message}` };
  }
  const answered = [status, STATUS_CODES[status!]].filter(Boolean).join(' ');
  return {
    code: codeOf(status!),
    message: `its file at ${shown(url)} could not be fetched: the answer is ${answered}.`,
  };
}

function codeOf(status: number): RunError['code'] {
  if (status === 429) return 'http_429';
  if (status >= 500) return 'http_5xx';
  return status >= 400 ? 'http_4xx' : 'redirect';
}
