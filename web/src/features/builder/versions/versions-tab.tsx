import { useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { useSession } from '../../../api/session.js';
import { useVersion, useVersions } from '../../../api/versions.js';
import type { Me } from '../../../api/types.js';
import { changesBetween } from '../../../flow/changes.js';
import { Button } from '../../../ui/button.js';
import { Chip } from '../../../ui/chip.js';
import { IconHistory } from '../../../ui/icons.js';
import { ListError, SkeletonRows } from '../../../ui/list-parts.js';
import { Notice } from '../../../ui/notice.js';
import { Ago } from '../../../ui/time-text.js';
import { useDraft } from '../draft/draft-context.js';
import { Comparison } from './comparison.js';
import { RestoreButton } from './restore-button.js';
import classes from './versions.module.css';

/** What was published, newest first; two of them beside each other; and the way back. */
export function VersionsTab() {
  const id = useDraft((state) => state.integration.id);
  const live = useDraft((state) => state.integration.publishedVersion);
  const me = useSession().data;
  const query = useVersions(id);
  const versions = query.data?.pages.flatMap((page) => page.data) ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = chosen ?? versions[0]?.version ?? null;

  if (query.isPending)
    return (
      <div className={classes.whole}>
        <SkeletonRows label="Loading the versions" columns={3} />
      </div>
    );
  if (query.isError)
    return <ListError what="The versions" reason={reasonOf(query.error)} onRetry={() => query.refetch()} />;
  if (versions.length === 0)
    return (
      <Notice icon={<IconHistory size={20} stroke={1.7} />} title="No versions yet">
        Publishing the draft makes the first one. Each stays as it was: you can compare them and go back.
      </Notice>
    );
  return (
    <div className={classes.versions}>
      <div className={classes.list}>
        <ol aria-label="Versions, newest first">
          {versions.map(({ version, note, createdAt, createdBy }) => (
            <li key={version}>
              <button
                type="button"
                className={classes.version}
                aria-pressed={version === shown}
                onClick={() => setChosen(version)}
              >
                <span className={classes.head}>
                  <b>Version {version}</b>
                  {version === live && <Chip tone="ok">Live</Chip>}
                  <ChangeCount id={id} version={version} />
                </span>
                {note && <span className={`${classes.note} foreign`}>{note}</span>}
                <small>
                  <Ago at={createdAt} /> · {whoOf(createdBy, me)}
                </small>
              </button>
            </li>
          ))}
        </ol>
        {query.hasNextPage && (
          <Button small busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
      {shown !== null && (
        <Comparison
          key={shown}
          id={id}
          version={shown}
          others={versions.map(({ version }) => version)}
          action={<RestoreButton id={id} version={shown} />}
        />
      )}
    </div>
  );
}

function ChangeCount({ id, version }: { id: string; version: number }) {
  const after = useVersion(id, version).data;
  const before = useVersion(id, version > 1 ? version - 1 : null).data;
  if (version === 1) return <span className={classes.count}>First</span>;
  if (!after || !before) return null;
  const count = changesBetween(before, after).length;
  return (
    <span className={classes.count}>
      {count} {count === 1 ? 'change' : 'changes'}
    </span>
  );
}

const whoOf = (by: string, me: Me | null | undefined): string => (by === me?.id ? 'You' : by);
