import type { ReactNode } from 'react';
import { Button } from './button.js';
import { IconAlertCircleFilled, IconPlugConnectedX, IconRefresh, IconSearch } from './icons.js';
import { Notice } from './notice.js';
import classes from './list.module.css';

const WIDTHS = ['62%', '48%', '71%', '55%', '66%', '43%'];

/** Grey rows in the shape of the list, so that nothing jumps when it arrives. */
export function SkeletonRows({ label, columns }: { label: string; columns: number }) {
  return (
    <>
      <p className="sr-only" role="status">
        {label}
      </p>
      <table className={classes.table} aria-hidden>
        <tbody>
          {WIDTHS.map((width) => (
            <tr key={width}>
              {Array.from({ length: columns }, (_, column) => (
                <td key={column} className={column === 1 ? classes.main : undefined}>
                  <svg className={classes.bone} width={column === 1 ? width : 48} height="10" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface ListErrorProps {
  what: string;
  reason: string;
  onRetry: () => void;
  heading?: 'h1' | 'h2';
}

export function ListError({ what, reason, onRetry, heading }: ListErrorProps) {
  return (
    <Notice
      alert
      heading={heading}
      icon={<IconAlertCircleFilled size={20} />}
      title={`${what} could not be loaded`}
      actions={
        <Button icon={<IconRefresh size={15} stroke={1.7} />} onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {reason}
    </Notice>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Notice
      icon={<IconSearch size={20} stroke={1.7} />}
      title="No match"
      actions={<Button onClick={onClear}>Clear filters</Button>}
    >
      Nothing fits these filters.
    </Notice>
  );
}

/** Says whether what is on the page is being kept up to date. */
export function LiveMark({ broken, children }: { broken: boolean; children?: ReactNode }) {
  if (!broken)
    return (
      <span className={classes.live}>
        <i aria-hidden /> {children ?? 'Live'}
      </span>
    );
  return (
    <span className={classes.live} data-broken role="alert">
      <IconPlugConnectedX size={15} stroke={1.7} aria-hidden /> Live updates paused. Trying again
    </span>
  );
}
