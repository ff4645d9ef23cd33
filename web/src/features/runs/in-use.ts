import { useEffect, useEffectEvent } from 'react';

/** Whether somebody is at work in a list: then nothing in it may move. */
export function isInUse(region: HTMLElement | null): boolean {
  if (!region) return false;
  // On a touch screen what was tapped last stays hovered.
  const pointed = window.matchMedia('(hover: hover)').matches && region.matches(':hover');
  return pointed || window.scrollY > 0 || region.contains(document.activeElement);
}

/** Calls `act` when the page is scrolled, which may bring its top back. */
export function useScrolled(act: () => void): void {
  const onScroll = useEffectEvent(act);
  useEffect(() => {
    const listener = () => onScroll();
    window.addEventListener('scroll', listener, { passive: true });
    return () => window.removeEventListener('scroll', listener);
  }, []);
}
