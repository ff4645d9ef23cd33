import { Menu } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { readDefinition, useRenameIntegration, useRowAction, type RowAction } from '../../api/integrations.js';
import type { IntegrationItem } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { Button, IconButton } from '../../ui/button.js';
import { TextInput } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';
import { IconDots } from '../../ui/icons.js';
import { fileName, saveFile } from '../../ui/save-file.js';

const DONE: Record<RowAction, string> = {
  duplicate: 'duplicated',
  archive: 'archived',
  unarchive: 'back in the list, off',
  delete: 'deleted',
};

interface RowMenuProps {
  integration: IntegrationItem;
  /** Undefined where it never ran, or where that is not known yet. */
  lastRunAt: string | undefined;
  mayEdit: boolean;
  onRefused: (reason: string) => void;
}

/** What can be done to an integration without opening it. */
export function RowMenu({ integration, lastRunAt, mayEdit, onRefused }: RowMenuProps) {
  const navigate = useNavigate();
  const act = useRowAction();
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const { id, name, state } = integration;
  const run = (action: RowAction) =>
    act.mutate(
      { id, action },
      {
        onSuccess: () => announce(`${name} is ${DONE[action]}`),
        onError: (error) => onRefused(reasonOf(error)),
      },
    );
  const exportJson = async () => {
    try {
      saveFile(`${fileName(name)}.json`, await readDefinition(id), 'application/json');
      announce(`${name} is exported`);
    } catch (error) {
      onRefused(reasonOf(error));
    }
  };
  return (
    <>
      <Menu position="bottom-end" width={190}>
        <Menu.Target>
          <IconButton label={`More about ${name}`} icon={<IconDots size={17} stroke={1.7} />} data-row-menu />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate(`/integrations/${id}`)}>Open</Menu.Item>
          <Menu.Item onClick={() => void navigate(`/runs?integrationId=${id}`)}>See its runs</Menu.Item>
          <Menu.Item onClick={() => void exportJson()}>Export JSON</Menu.Item>
          {mayEdit && (
            <>
              {state !== 'archived' && <Menu.Item onClick={() => setAsking('rename')}>Rename</Menu.Item>}
              <Menu.Item onClick={() => run('duplicate')}>Duplicate</Menu.Item>
              <Menu.Divider />
              {state === 'archived' ? (
                <Menu.Item onClick={() => run('unarchive')}>Bring back</Menu.Item>
              ) : (
                <Menu.Item onClick={() => run('archive')}>Archive</Menu.Item>
              )}
              <Menu.Item onClick={() => setAsking('delete')}>Delete</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && <RenameDialog integration={integration} onClose={() => setAsking(null)} />}
      {asking === 'delete' && (
        <DeleteDialog
          integration={integration}
          asksForName={ranLately(lastRunAt)}
          onClose={() => setAsking(null)}
          onDelete={() => {
            setAsking(null);
            run('delete');
          }}
        />
      )}
    </>
  );
}

function RenameDialog({ integration, onClose }: { integration: IntegrationItem; onClose: () => void }) {
  const { id, revision, name: old } = integration;
  const rename = useRenameIntegration();
  const [name, setName] = useState(old);
  const submit = () => {
    if (name.trim() === '') return;
    rename.mutate({ id, revision, name: name.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog title="Rename" onClose={onClose} onSubmit={submit} busy={rename.isPending} submitLabel="Rename">
      <TextInput
        label="Name"
        required="checked"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        problem={rename.error ? reasonOf(rename.error) : undefined}
        alert
      />
    </Dialog>
  );
}

interface DeleteDialogProps {
  integration: IntegrationItem;
  asksForName: boolean;
  onClose: () => void;
  onDelete: () => void;
}

const LATELY_MS = 30 * 86_400_000;
/** What still does somebody's work is not deleted by a slip of the hand. */
const ranLately = (at: string | undefined): boolean => at !== undefined && Date.now() - Date.parse(at) < LATELY_MS;

function DeleteDialog({ integration, asksForName, onClose, onDelete }: DeleteDialogProps) {
  const { name, heldCount } = integration;
  const [typed, setTyped] = useState('');
  const sure = !asksForName || typed.trim() === name.trim();
  const submit = () => sure && onDelete();
  return (
    <Dialog
      title="Delete this integration?"
      onClose={onClose}
      onSubmit={submit}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" aria-disabled={!sure || undefined}>
            Delete
          </Button>
        </>
      }
    >
      <p>
        <b className="foreign">{name}</b> and its versions are gone for good. The runs it made stay in the log.
        {heldCount > 0 && ` ${heldCount} held events will not run.`}
      </p>
      {asksForName && (
        <TextInput
          label="Type its name to delete it"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
    </Dialog>
  );
}
