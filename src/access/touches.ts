const EVERY_MS = 60_000;
const MAX_KNOWN = 10_000;

/** Says once a minute for each thing that its last use should be written down. */
export class Touches {
  private readonly lastMs = new Map<string, number>();

  due(id: string, nowMs: number): boolean {
    const last = this.lastMs.get(id);
    if (last !== undefined && nowMs - last < EVERY_MS) return false;
    if (this.lastMs.size >= MAX_KNOWN) this.lastMs.clear();
    this.lastMs.set(id, nowMs);
    return true;
  }
}
