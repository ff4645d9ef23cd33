import { useStore } from '@xyflow/react';
import { IconButton } from '../../../ui/button.js';
import { IconListTree, IconMaximize, IconMinus, IconPlus } from '../../../ui/icons.js';
import type { ViewportMoves } from './use-viewport.js';
import classes from './canvas.module.css';

/** How large the drawing is shown, and the way to its twin, the list. */
export function ZoomBar({ viewport, onList }: { viewport: ViewportMoves; onList: () => void }) {
  const percent = useStore(({ transform: [, , zoom] }) => Math.round(zoom * 100));
  return (
    <div className={classes.zoomBar} role="group" aria-label="View">
      <IconButton label="Zoom out" icon={<IconMinus size={15} stroke={1.7} />} onClick={viewport.zoomOut} />
      <button type="button" className="nums" onClick={viewport.reset} title="Back to 100 %">
        <span className="sr-only">Zoom: </span>
        {percent}%
      </button>
      <IconButton label="Zoom in" icon={<IconPlus size={15} stroke={1.7} />} onClick={viewport.zoomIn} />
      <IconButton label="Fit the drawing" icon={<IconMaximize size={15} stroke={1.7} />} onClick={viewport.fit} />
      <button type="button" onClick={onList}>
        <IconListTree size={15} stroke={1.7} aria-hidden /> List
      </button>
    </div>
  );
}
