import { useState } from 'react';
import { useNavigate } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useCreateIntegration } from '../../api/drafts.js';
import type { Integration } from '../../api/types.js';
import { changesBetween } from '../../flow/changes.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { IconAlertTriangleFilled } from '../../ui/icons.js';
import { formatExact } from '../../ui/time.js';
import { useAutosave } from './draft/autosave-context.js';
import { useDraft } from './draft/draft-context.js';
import { ChangeList } from './top-bar/change-list.js';
import classes from './builder.module.css';

/** Stands over the drawing while somebody else's draft is on the server: nothing of either is lost. */
export function ConflictBar() {
  const save = useDraft((state) => state.save);
  if (save.state !== 'conflict') return null;
  return <Conflict theirs={save.theirs} />;
}

function Conflict({ theirs }: { theirs: Integration }) {
  const navigate = useNavigate();
  const { takeTheirs } = useAutosave();
  const mine = useDraft((state) => state.draft);
  const create = useCreateIntegration();
  const [looking, setLooking] = useState(false);
  const changes = changesBetween(theirs, mine);

  const keepAsCopy = () => {
    const name = `Copy of ${mine.name}`.slice(0, 200);
    create.mutate(
      { ...mine, name },
      {
        onSuccess: ({ id }) => {
          takeTheirs(theirs);
          void navigate(`/integrations/${id}`);
        },
      },
    );
  };
  return (
    <div className={classes.conflict} role="alert">
      <IconAlertTriangleFilled size={16} aria-hidden />
      <p>
        This was changed somewhere else at <span className="nums">{formatExact(theirs.updatedAt)}</span>. Your last
        changes are not saved.{create.error && ` ${reasonOf(create.error)}`}
      </p>
      <Button small onClick={() => setLooking(true)}>
        See changes
      </Button>
      <Button small busy={create.isPending} onClick={keepAsCopy}>
        Keep mine as a copy
      </Button>
      {looking && (
        <Dialog
          title="Yours beside theirs"
          onClose={() => setLooking(false)}
          actions={
            <>
              <Button
                onClick={() => {
                  setLooking(false);
                  takeTheirs(theirs);
                }}
              >
                Drop mine, go on with theirs
              </Button>
              <Button look="primary" busy={create.isPending} onClick={keepAsCopy}>
                Keep mine as a copy
              </Button>
            </>
          }
        >
          {changes.length === 0 ? (
            <p>
              The steps are the same. The name is “{theirs.name}” there and “{mine.name}” here.
            </p>
          ) : (
            <>
              <p>What your draft has otherwise than the one that was saved:</p>
              <ChangeList changes={changes} label="Your changes" />
            </>
          )}
        </Dialog>
      )}
    </div>
  );
}
