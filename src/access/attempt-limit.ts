const MAX_ADDRESSES = 10_000;

/** Counts failures per address in a sliding window, in this process. Old addresses make room for new ones. */
export class AttemptLimit {
  private readonly failures = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** How long the address must wait, in milliseconds; 0 where it need not. */
  waitMs(address: string, nowMs: number): number {
    const times = this.within(address, nowMs);
    return times.length < this.most ? 0 : times[times.length - this.most] + this.windowMs - nowMs;
  }

  failed(address: string, nowMs: number): void {
    const times = [...this.within(address, nowMs), nowMs].slice(-this.most);
    this.failures.delete(address);
    if (this.failures.size >= MAX_ADDRESSES) this.failures.delete(this.failures.keys().next().value as string);
    this.failures.set(address, times);
  }

  private within(address: string, nowMs: number): number[] {
    return (this.failures.get(address) ?? []).filter((time) => time > nowMs - this.windowMs);
  }
}
