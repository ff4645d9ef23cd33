/** The parts of the builder that F6 goes through, in the order in which they are read. */
export type Region = 'nav' | 'bar' | 'canvas' | 'picker' | 'panel';

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

/** From the part that has the focus to the next one; from outside of all to the one that is read next. */
export function cycleRegions(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((each) => each.checkVisibility());
  const focused = document.activeElement ?? document.body;
  const inside = regions.findIndex((each) => each.contains(focused));
  const follows = (each: HTMLElement) =>
    (focused.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const after = inside >= 0 ? inside + 1 : Math.max(0, regions.findIndex(follows));
  const next = regions[((by > 0 ? after : (inside >= 0 ? inside : after) - 1) + regions.length) % regions.length];
  if (next) (cardIn(next) ?? next).focus();
}

/** In the drawing and in the list one goes on from the step that is open, or from the first one. */
const cardIn = (region: HTMLElement): HTMLElement | null =>
  region.querySelector<HTMLElement>('[data-step][aria-expanded="true"]') ??
  region.querySelector<HTMLElement>('[data-step]');
