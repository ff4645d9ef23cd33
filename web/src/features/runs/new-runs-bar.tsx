import { useShortcut } from '../../ui/shortcuts.js';
import classes from './runs.module.css';

interface NewRunsBarProps {
  arrived: number;
  /** There are more than `arrived`. */
  more: boolean;
  /** `byKey`: the focus was on the bar, which goes now. */
  onShow: (byKey: boolean) => void;
}

/** Runs that came in while somebody was at work in the list: they wait here, so that no row moves. */
export function NewRunsBar({ arrived, more, onShow }: NewRunsBarProps) {
  useShortcut('.', () => arrived > 0 && onShow(true));
  return (
    <div role="status" className={classes.newBar}>
      {arrived > 0 && (
        <button type="button" onClick={(event) => onShow(event.detail === 0)} title="Show them ( . )">
          Show {arrived}
          {more && '+'} new {arrived === 1 ? 'run' : 'runs'}
        </button>
      )}
    </div>
  );
}
