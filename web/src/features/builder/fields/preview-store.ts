import type { Asked, Evaluation } from '../../../api/types.js';

export type ValueType = NonNullable<Evaluation['types'][number]>;

export type Preview =
  { kind: 'value'; value: unknown; type: ValueType } | { kind: 'error'; code: string; message: string };

type Reading = Exclude<Asked, string>['as'];

const REST_MS = 300;
const FIRST_MS = 20;
const AT_ONCE = 200;
/** More than all fields of the largest step; typing adds a few more. */
const MOST_KEPT = 3_000;

/**
 * What the expressions of one step come to on one sample. Fields say what they want to know; all that is wanted
 * meanwhile is asked in one call, 300 ms after the last wish, and nothing twice.
 */
export class PreviewStore {
  private readonly known = new Map<string, Preview>();
  private readonly wanted = new Map<string, Asked>();
  private readonly watchers = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: (expressions: Asked[]) => Promise<Evaluation>) {}

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** The same object until it changes. */
  get(as: Reading, value: string): Preview | undefined {
    return this.known.get(`${as}:${value}`);
  }

  want(as: Reading, value: string): void {
    const key = `${as}:${value}`;
    if (this.known.has(key)) return;
    this.wanted.set(key, { as, value });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), this.known.size === 0 ? FIRST_MS : REST_MS);
  }

  /** A field that goes on typing does not want to know any more what it was in the middle of. */
  forget(as: Reading, value: string): void {
    this.wanted.delete(`${as}:${value}`);
  }

  private async flush(): Promise<void> {
    const asked = [...this.wanted].slice(0, AT_ONCE);
    if (asked.length === 0) return;
    for (const [key] of asked) this.wanted.delete(key);
    try {
      const { values, types, errors } = await this.ask(asked.map(([, each]) => each));
      if (this.known.size > MOST_KEPT) this.known.clear();
      asked.forEach(([key], index) => {
        const error = errors[index];
        this.known.set(
          key,
          error ? { kind: 'error', ...error } : { kind: 'value', value: values[index], type: types[index]! },
        );
      });
    } catch {
      // A preview that cannot be had is not shown; the next edit asks again.
    }
    for (const watcher of this.watchers) watcher();
    if (this.wanted.size > 0) this.timer = setTimeout(() => void this.flush(), FIRST_MS);
  }
}
