import { useLocation, useNavigate } from 'react-router';
import { IconButton } from '../../ui/button.js';
import { IconChevronDown, IconChevronUp } from '../../ui/icons.js';
import { useShortcut } from '../../ui/shortcuts.js';
import classes from './run-actions.module.css';

/** The list that a run was opened from, as it was seen there: kept with the page in the browser's history. */
export interface Among {
  ids: string[];
  /** The list's own filter: `?status=failed`. */
  search: string;
}

/** No more than a reader walks through; history entries are small. */
const MAX_IDS = 500;

export const amongState = (ids: string[], search: string): { among: Among } => ({
  among: { ids: ids.slice(0, MAX_IDS), search },
});

export const useAmong = (): Among | null => (useLocation().state as { among?: Among } | null)?.among ?? null;

/** Walks through the list behind the page, with the buttons or `[` and `]`. */
export function AmongButtons({ id, among }: { id: string; among: Among }) {
  const navigate = useNavigate();
  const at = among.ids.indexOf(id);
  const go = (by: number) => {
    const next = at < 0 ? undefined : among.ids[at + by];
    if (next) void navigate(`/runs/${next}`, { state: { among }, replace: true });
  };
  useShortcut('[', () => go(-1));
  useShortcut(']', () => go(1));
  if (at < 0) return null;
  return (
    <span className={classes.walk}>
      <IconButton
        label="Previous run of the list ( [ )"
        icon={<IconChevronUp size={16} stroke={1.7} />}
        aria-disabled={at === 0}
        onClick={() => go(-1)}
      />
      <IconButton
        label="Next run of the list ( ] )"
        icon={<IconChevronDown size={16} stroke={1.7} />}
        aria-disabled={at === among.ids.length - 1}
        onClick={() => go(1)}
      />
      <span className="nums">
        {at + 1} of {among.ids.length}
      </span>
    </span>
  );
}
