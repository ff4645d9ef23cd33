import type { RunFilter } from '../../api/live-runs.js';
import { IconButton } from '../../ui/button.js';
import { IconX } from '../../ui/icons.js';
import { Segmented } from '../../ui/segmented.js';
import { SearchField } from '../../ui/search-field.js';
import { formatExact } from '../../ui/time.js';
import { IntegrationFilter } from './integration-filter.js';
import list from '../../ui/list.module.css';
import classes from './runs.module.css';

interface RunFiltersProps {
  filter: RunFilter;
  byCause: boolean;
  onChange: (change: Record<string, string | null>) => void;
}

const GROUPS: { value: 'run' | 'cause'; text: string }[] = [
  { value: 'run', text: 'Each run' },
  { value: 'cause', text: 'By cause' },
];

/** The bar above the list. An event, a cause and a stretch of time come from links only: here they can be taken away. */
export function RunFilters({
  filter: { integrationId, eventId, q, code, atStep, from, to },
  byCause,
  onChange,
}: RunFiltersProps) {
  return (
    <div className={list.filters}>
      {!byCause && (
        <SearchField
          label="Search by name, event or error"
          value={q ?? ''}
          onSearch={(text) => onChange({ q: text })}
        />
      )}
      <IntegrationFilter value={integrationId ?? null} onChange={(id) => onChange({ integrationId: id })} />
      {eventId && (
        <SetFilter clear="Show the runs of all events" onClear={() => onChange({ eventId: null })}>
          <span className="mono">{eventId}</span>
        </SetFilter>
      )}
      {(code ?? atStep) && (
        <SetFilter clear="Show the runs of all causes" onClear={() => onChange({ code: null, atStep: null })}>
          <span className="mono">{[code, atStep && `at ${atStep}`].filter(Boolean).join(' ')}</span>
        </SetFilter>
      )}
      {(from ?? to) && (
        <SetFilter clear="Show the runs of all times" onClear={() => onChange({ from: null, to: null })}>
          <span className="nums">{spanText(from, to)}</span>
        </SetFilter>
      )}
      <span className={classes.group}>
        <Segmented
          label="Show"
          options={GROUPS}
          value={byCause ? 'cause' : 'run'}
          onChange={(value) =>
            onChange(
              value === 'cause' ? { group: value, status: null, q: null, code: null, atStep: null } : { group: null },
            )
          }
        />
      </span>
    </div>
  );
}

function SetFilter({ clear, onClear, children }: { clear: string; onClear: () => void; children: React.ReactNode }) {
  return (
    <span className={list.filter}>
      <span className={list.filterButton} data-set>
        {children}
      </span>
      <IconButton label={clear} icon={<IconX size={14} stroke={1.7} />} onClick={onClear} />
    </span>
  );
}

function spanText(from: string | undefined, to: string | undefined): string {
  if (!from) return `Before ${formatExact(to!)}`;
  return to ? `${formatExact(from)} to ${formatExact(to)}` : `Since ${formatExact(from)}`;
}
