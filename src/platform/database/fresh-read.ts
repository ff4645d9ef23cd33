/**
 * Reads that many ask for at once. Whoever asks gets one that began after the call; calls that come while one is under
 * way share the next: the one under way may have begun before their change.
 */
export class FreshRead {
  private reading: Promise<void> | null = null;
  private next: Promise<void> | null = null;

  constructor(private readonly read: () => Promise<void>) {}

  /** Rejects where its read does. */
  now(): Promise<void> {
    if (this.reading === null) return (this.reading = this.read().finally(() => (this.reading = null)));
    this.next ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.next = null;
        return this.now();
      });
    return this.next;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.reading, this.next]);
  }
}
