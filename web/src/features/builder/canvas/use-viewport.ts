import { useReactFlow } from '@xyflow/react';
import { useEffect, useEffectEvent, useMemo, type RefObject } from 'react';
import type { Box } from '../../../flow/layout.js';

const TOP = 48;
const MARGIN = 24;
const STEP = 1.2;

/** The chain in the middle, what starts it at the top. */
export const startOf = (width: number) => ({ x: width / 2, y: TOP, zoom: 1 });

export interface ViewportMoves {
  zoomIn: () => void;
  zoomOut: () => void;
  /** 100 %. */
  reset: () => void;
  fit: () => void;
  /** Moves the focus to the card of a step, and the drawing so that it is in sight. */
  focusCard: (step: string) => void;
}

export function useViewport(pane: RefObject<HTMLDivElement | null>, boxes: Box[]): ViewportMoves {
  const flow = useReactFlow();

  const show = useEffectEvent((box: Box) => {
    const { clientWidth, clientHeight } = pane.current!;
    const { x, y, zoom } = flow.getViewport();
    const nudge = (start: number, size: number, room: number) =>
      Math.max(MARGIN - start, Math.min(0, room - MARGIN - (start + size))) || 0;
    const dx = nudge(x + box.x * zoom, box.width * zoom, clientWidth);
    const dy = nudge(y + box.y * zoom, box.height * zoom, clientHeight);
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
  });
  const focusCard = useEffectEvent((step: string) => {
    // Two frames: the drawing of a step that was just added, then the box that was out of sight.
    requestAnimationFrame(() => {
      reveal(step);
      requestAnimationFrame(() => focusStep(pane.current, step));
    });
  });
  const reveal = useEffectEvent((step: string) => {
    const box = boxes.find((each) => each.kind === 'card' && each.step === step);
    if (box) show(box);
  });
  const fit = useEffectEvent(() => {
    const { clientWidth, clientHeight } = pane.current!;
    const left = Math.min(...boxes.map((box) => box.x));
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    const room = { width: clientWidth - 2 * MARGIN, height: clientHeight - 2 * MARGIN };
    const zoom = Math.min(1, Math.max(0.25, Math.min(room.width / (right - left), room.height / bottom)));
    void flow.setViewport({ x: clientWidth / 2 - ((left + right) / 2) * zoom, y: MARGIN, zoom });
  });
  const reset = useEffectEvent(() => void flow.setViewport(startOf(pane.current!.clientWidth)));

  // What was in the middle stays there when the panel opens or is made wider.
  useEffect(() => {
    let width = pane.current!.clientWidth;
    const observer = new ResizeObserver(() => {
      const now = pane.current?.clientWidth ?? width;
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x + (now - width) / 2, y, zoom });
      width = now;
    });
    observer.observe(pane.current!);
    return () => observer.disconnect();
  }, [flow, pane]);

  return useMemo(
    () => ({
      zoomIn: () => void flow.zoomTo(flow.getZoom() * STEP),
      zoomOut: () => void flow.zoomTo(flow.getZoom() / STEP),
      reset: () => reset(),
      fit: () => fit(),
      focusCard: (step) => focusCard(step),
    }),
    [flow],
  );
}

export const focusStep = (root: ParentNode | null, step: string): void =>
  root?.querySelector<HTMLElement>(`[data-step="${CSS.escape(step)}"]`)?.focus({ preventScroll: true });

/** Moves the focus to a card that may not be drawn yet: for half a second it is looked for in every frame. */
export function focusWhenDrawn(root: ParentNode, step: string, frames = 30): void {
  requestAnimationFrame(() => {
    if (root.querySelector(`[data-step="${CSS.escape(step)}"]`)) focusStep(root, step);
    else if (frames > 0) focusWhenDrawn(root, step, frames - 1);
  });
}
