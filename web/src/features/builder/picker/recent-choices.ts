const STORE = 'hookline.recent-steps';
const MOST = 4;

/** What this person added last, newest first. */
export function recentChoices(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]');
    return Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberChoice(id: string): void {
  try {
    const known = recentChoices().filter((each) => each !== id);
    localStorage.setItem(STORE, JSON.stringify([id, ...known].slice(0, MOST)));
  } catch {
    // Storage may be forbidden: nothing is remembered then.
  }
}
