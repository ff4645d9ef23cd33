import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useDeleteConnection } from '../../api/connections.js';
import type { Connection } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import classes from './connections-page.module.css';

interface DeleteDialogProps {
  connection: Connection;
  onClose: () => void;
  onDeleted: () => void;
}

/** One that is used stays: its integrations would stop. They are named, with the way to each. */
export function DeleteDialog({ connection: { id, name, usedBy }, onClose, onDeleted }: DeleteDialogProps) {
  const remove = useDeleteConnection();
  const isUsed = usedBy.length > 0;
  const submit = () => {
    if (isUsed) return onClose();
    remove.mutate(id, {
      onSuccess: () => {
        announce(`${name} is deleted`);
        onDeleted();
      },
    });
  };
  return (
    <Dialog
      title={isUsed ? 'This connection is in use' : 'Delete this connection?'}
      onClose={onClose}
      onSubmit={submit}
      busy={remove.isPending}
      actions={
        isUsed ? (
          <Button type="submit">Close</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={remove.isPending}>
              Delete
            </Button>
          </>
        )
      }
    >
      {isUsed ? (
        <>
          <p>
            Without <b className="foreign">{name}</b> these would stop. Choose another connection in their steps first,
            and publish them:
          </p>
          <ul className={classes.users}>
            {usedBy.map((each) => (
              <li key={each.id}>
                <Link to={`/integrations/${each.id}`} className="foreign">
                  {each.name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          <b className="foreign">{name}</b> and its secrets are gone for good. No integration uses it.
        </p>
      )}
      {remove.error && <p role="alert">{reasonOf(remove.error)}</p>}
    </Dialog>
  );
}
