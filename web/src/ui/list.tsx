import type { ReactNode } from 'react';
import { Button } from './button.js';
import { ListError, NoMatch, SkeletonRows } from './list-parts.js';
import { useShortcutsOn } from './shortcuts.js';
import classes from './list.module.css';

/** What a list needs to know of its question; a list that comes whole has no next page. */
interface ListQuery {
  isPending: boolean;
  refetch: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

interface ListProps {
  /** Begins a sentence: "The events could not be loaded". */
  what: string;
  /** What is counted in the foot. */
  noun: [one: string, several: string];
  /** How many rows there are to show. */
  shown: number;
  query: ListQuery;
  /** Why the question failed; null where it did not. */
  reason: string | null;
  /** Of the grey rows, while there are no others. */
  columns: number;
  keys: [key: string, does: string][];
  /** Takes the filters away; absent while none is set. */
  onClear?: () => void;
  /** Where there is nothing, with no filter set. */
  empty: ReactNode;
  /** The rows. */
  children: ReactNode;
}

/**
 * The states of every list, one at a time: loading, its rows, failed, no match, empty. Rows that are known stay on the
 * page when asking again fails.
 */
export function List({ what, noun, shown, query, reason, columns, keys, onClear, empty, children }: ListProps) {
  if (query.isPending)
    return <SkeletonRows label={`Loading ${what[0].toLowerCase()}${what.slice(1)}`} columns={columns} />;
  if (shown > 0)
    return (
      <>
        {children}
        <ListFoot noun={noun} shown={shown} query={query} keys={keys} />
      </>
    );
  if (reason !== null) return <ListError what={what} reason={reason} onRetry={() => query.refetch()} />;
  return onClear ? <NoMatch onClear={onClear} /> : empty;
}

/** How much is shown, the rest on request, and the keys that work here. */
function ListFoot({ noun: [one, several], shown, query, keys }: Pick<ListProps, 'noun' | 'shown' | 'query' | 'keys'>) {
  const shortcutsOn = useShortcutsOn();
  return (
    <footer className={classes.foot}>
      <span role="status">{`${shown}${query.hasNextPage ? '+' : ''} ${shown === 1 ? one : several}`}</span>
      {query.hasNextPage && (
        <Button small busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage?.()}>
          Load more
        </Button>
      )}
      {shortcutsOn && (
        <span className={classes.keys} aria-hidden>
          {keys.map(([key, does]) => (
            <span key={key}>
              <kbd>{key}</kbd> {does}
            </span>
          ))}
        </span>
      )}
    </footer>
  );
}
