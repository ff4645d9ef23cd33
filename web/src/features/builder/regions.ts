/** The parts of the builder that F6 goes through, in the order in which they are read. */
export type Region = 'nav' | 'canvas' | 'picker' | 'panel';

export const PANEL_ID = 'step-panel';

/** Moves the focus to a part of the page once it is drawn, unless something else took it meanwhile. */
export function focusRegion(region: Region, frames = 120, from = document.activeElement): void {
  requestAnimationFrame(() => {
    const part = document.querySelector<HTMLElement>(`[data-region="${region}"]`);
    if (document.activeElement !== from) return;
    if (part) part.focus();
    else if (frames > 0) focusRegion(region, frames - 1, from);
  });
}

/** From the part that has the focus to the next one. */
export function cycleRegions(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((each) => each.checkVisibility());
  const at = regions.findIndex((each) => each.contains(document.activeElement));
  const next = regions[(Math.max(at, by > 0 ? -1 : 0) + by + regions.length) % regions.length];
  next?.focus();
}
