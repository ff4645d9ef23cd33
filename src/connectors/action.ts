import type { z } from 'zod';
import type { Step } from '../core/definition.js';
import type { Fault } from '../core/errors.js';
import type { FileValue } from '../core/file-value.js';
import type { RunError } from '../core/run.js';
import type { Scope } from '../platform/expressions/template.js';

/** One thing a connector can do. Building a request and judging its answer are pure; the runner sends in between. */
export interface Action {
  key: Step['action'];
  title: string;
  /** Shape, bounds and defaults of the step's `input`: what a draft must have to be saved. */
  inputSchema: z.ZodType<Step['input']>;
  /** Every fault that keeps such an input from running, by JSON pointer into the input. Empty: it compiles. */
  check(input: Step['input']): Fault[];
  /** Throws `DefinitionFault` where `check` finds something. */
  compile(input: Step['input']): CompiledStep;
}

/** An action of one kind of input. What it is given was read by its own schema, so the other kinds never reach it. */
export const actionOf = <Input extends Step['input']>(action: {
  key: Step['action'];
  title: string;
  inputSchema: z.ZodType<Input>;
  compile(input: Input): { step: CompiledStep; faults: Fault[] };
}): Action => ({
  key: action.key,
  title: action.title,
  inputSchema: action.inputSchema,
  check: (input) => action.compile(input as Input).faults,
  compile: (input) => {
    const { step, faults } = action.compile(input as Input);
    if (faults.length > 0) throw new DefinitionFault(faults);
    return step;
  },
});

/** A step made ready once per definition; safe to share between runs. */
export interface CompiledStep {
  /** Whether an answer with this status becomes a file where it is too large to be held, or is no text. */
  keepsFile(status: number): boolean;
  /** How many redirects the call may follow. */
  redirects: number;
  /** Null: one call. */
  pages: PagePlan | null;
  /** Of the first page, where it reads pages. */
  build(scope: Scope): BuildOutcome;
  judge(response: ReceivedResponse, scope: Scope): Judgement;
  /** What later steps read of a finished step, made again from its stored answer; the same as `judge` gave. */
  output(response: ReceivedResponse): StepOutput;
}

/** Ready for the HTTP client: names and values as sent, in order, repeats kept. */
export interface BuiltRequest {
  method: string;
  url: string;
  headers: [string, string][];
  /** Of a form with parts, what is recorded in its place. */
  body: Buffer | null;
  /** Starts the integration of this engine with that tree path; nothing is sent. */
  tree?: string;
  /** Sent instead of `body`, streamed. */
  form?: FormData;
}

/** A `multipart/form-data` body before its files are opened. */
export interface FormData {
  boundary: string;
  parts: FormPart[];
}

/** Either a text or a file. */
export type FormPart =
  { name: string; text: string; file?: undefined } | { name: string; file: FileSource; text?: undefined };

/** A stored file, by its UUID, or one that is fetched when the form is sent. */
export type FileSource =
  { kind: 'stored'; id: string; filename: string | null } | { kind: 'url'; url: string; filename: string };

export interface ReceivedResponse {
  status: number;
  headers: [string, string][];
  /** Decompressed; empty where it went to a file. */
  body: Buffer;
  /** What later steps read as its body, and can send. */
  file?: FileValue;
  durationMs: number;
}

/** How a step reads page after page; every page is a call of its own. Pure. */
export interface PagePlan {
  none: PagesRead;
  /** What follows from a page that was a success. @param bytes of its body */
  take(before: PagesRead, page: StepOutput, bytes: number): PageMove;
  /** The request of the page after those that were read. @param first as it was built */
  request(first: BuiltRequest, read: PagesRead): BuildOutcome;
}

export interface PagesRead {
  count: number;
  items: unknown[];
  bytes: number;
  /** What each page but the first was asked by, in order. */
  targets: string[];
}

/** `done`: what later steps read of all pages together. */
export type PageMove =
  { kind: 'next'; read: PagesRead } | { kind: 'done'; output: StepOutput } | { kind: 'failed'; error: RunError };

/** A failed one shows the request as far as it was built. */
export type BuildOutcome =
  { kind: 'request'; request: BuiltRequest } | { kind: 'failed'; error: RunError; request: BuiltRequest | null };

export type Judgement =
  { kind: 'succeeded'; output: StepOutput } | { kind: 'failed'; error: RunError; output: StepOutput };

/** `steps.<key>` in expressions. Header names are in small letters; a repeated header is a list. */
export interface StepOutput {
  status: number;
  headers: Record<string, string | string[]>;
  /** Where pages were read: the items of all of them. */
  body: unknown;
  durationMs: number;
  /** Where pages were read: how many, and whether there were more. */
  pages?: number;
  hasMore?: boolean;
}

/** An input that cannot run. Publishing rules it out; meeting it later is a bug. */
export class DefinitionFault extends Error {
  constructor(readonly faults: Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'DefinitionFault';
  }
}
