import { useEffect, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import classes from './builder-panel.module.css';

const STORE = 'hookline.panel-width';
const LEAST = 480;
const MOST = 900;
const USUAL = 660;
const STEP = 20;

const within = (width: number): number => Math.round(Math.max(LEAST, Math.min(MOST, width)));

function remembered(): number {
  try {
    return within(Number(localStorage.getItem(STORE)) || USUAL);
  } catch {
    return USUAL;
  }
}

/** The width of the panel, remembered, and what it is pulled by. */
export function usePanelWidth(panel: RefObject<HTMLElement | null>) {
  const [width, setWidth] = useState(remembered);
  useEffect(() => {
    panel.current?.style.setProperty('--panel-width', `${width}px`);
    try {
      localStorage.setItem(STORE, String(width));
    } catch {
      // It is then as wide as usual the next time.
    }
  }, [panel, width]);
  const pull = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setWidth(within(window.innerWidth - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    setWidth((now) => within(now + by));
  };
  const grip = (
    <div
      role="separator"
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width}
      tabIndex={0}
      className={classes.grip}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={pull}
    />
  );
  return { width, grip };
}
