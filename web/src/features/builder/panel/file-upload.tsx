import { useState } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { uploadFile } from '../../../api/files.js';
import { Button, IconButton } from '../../../ui/button.js';
import { formatBytes } from '../../../ui/bytes.js';
import { IconPaperclip, IconX } from '../../../ui/icons.js';
import classes from './pairs-editor.module.css';

type Stored = { fileId: string };
export type FileValue = Stored | Stored[];

/** Names of files that were uploaded in this page: a definition holds only their ids. */
const known = new Map<string, string>();

interface FileUploadProps {
  value: FileValue;
  name: string;
  onChange: (value: unknown) => void;
}

/** Files that every call sends. */
export function FileUpload({ value, name, onChange }: FileUploadProps) {
  const files = [value].flat();
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const put = (next: Stored[]) => onChange(next.length === 0 ? '' : next.length === 1 ? next[0] : next);
  const add = async (chosen: File[]) => {
    setBusy(true);
    setProblem('');
    try {
      const stored = await Promise.all(chosen.map(uploadFile));
      for (const { id, filename, bytes } of stored) known.set(id, `${filename} ${formatBytes(bytes)}`);
      put([...files, ...stored.map(({ id }) => ({ fileId: id }))]);
    } catch (error) {
      setProblem(reasonOf(error));
    }
    setBusy(false);
  };
  return (
    <div className={classes.files}>
      {files.map(({ fileId }, index) => (
        <span key={fileId} className={classes.file} title={fileId}>
          <IconPaperclip size={13} stroke={1.7} aria-hidden />
          {known.get(fileId) ?? `…${fileId.slice(-8)}`}
          <IconButton
            label={`Remove the file ${known.get(fileId) ?? fileId}`}
            icon={<IconX size={12} />}
            onClick={() => put(files.toSpliced(index, 1))}
          />
        </span>
      ))}
      <FilePicker
        label={files.length === 0 ? `Choose a file for ${name}` : `Add a file to ${name}`}
        busy={busy}
        onChoose={(chosen) => void add(chosen)}
      />
      {files.length === 0 && (
        <Button small look="quiet" onClick={() => onChange('')}>
          Use data instead
        </Button>
      )}
      {problem && (
        <p className={classes.bad} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function FilePicker({ label, busy, onChoose }: { label: string; busy: boolean; onChoose: (files: File[]) => void }) {
  return (
    <label className={classes.choose} aria-disabled={busy || undefined}>
      <input
        type="file"
        multiple
        className="sr-only"
        aria-label={label}
        disabled={busy}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (chosen.length > 0) onChoose(chosen);
        }}
      />
      <span aria-hidden>{busy ? 'Uploading…' : 'Choose a file'}</span>
    </label>
  );
}
