import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { reasonOf } from '../../../api/api-error.js';
import { rotateHookUrl } from '../../../api/triggers.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { Labelled, Select } from '../../../ui/controls.js';
import controls from '../../../ui/controls.module.css';
import { CopyButton } from '../../../ui/copy-button.js';
import { Dialog } from '../../../ui/dialog.js';
import { IconRefresh } from '../../../ui/icons.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import classes from './webhook-form.module.css';

/** The address that others call. Whoever has it can call it, so viewers are not given it. */
export function HookUrl({ readOnly }: { readOnly: boolean }) {
  const url = useDraft(({ integration }) => integration.hookUrl);
  const isSaved = useDraft(({ integration }) => integration.trigger.type === 'webhook');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Labelled
        label="Hook URL"
        hint="Give it to who is to call. It takes calls as soon as it is there, also before you publish: they are samples then."
      >
        {({ id, describedBy }) => (
          <div className={classes.url}>
            <input
              id={id}
              className={controls.input}
              data-mono
              readOnly
              aria-describedby={describedBy}
              value={url ?? (isSaved ? 'Only developers are shown it' : 'It is made as soon as this is saved …')}
              onFocus={(event) => event.currentTarget.select()}
            />
            {url !== null && <CopyButton text={url} label="Copy the hook URL" wide />}
            {url !== null && !readOnly && (
              <Button icon={<IconRefresh size={15} stroke={1.7} />} onClick={() => setAsking(true)}>
                Replace
              </Button>
            )}
          </div>
        )}
      </Labelled>
      {asking && <RotateDialog onClose={() => setAsking(false)} />}
    </>
  );
}

const OVERLAPS: [seconds: number, text: string][] = [
  [0, 'ends at once'],
  [3_600, 'goes on for an hour'],
  [86_400, 'goes on for a day'],
  [604_800, 'goes on for a week'],
];

function RotateDialog({ onClose }: { onClose: () => void }) {
  const store = useDraftStore();
  const [overlap, setOverlap] = useState(0);
  const rotate = useMutation({
    mutationFn: () => rotateHookUrl(store.getState().integration.id, overlap),
    onSuccess: ({ hookUrl }) => {
      // The draft and its revision stay what they are here: only the address is another one.
      store.setState(({ integration }) => ({ integration: { ...integration, hookUrl } }));
      announce('There is a new hook URL');
      onClose();
    },
  });
  return (
    <Dialog
      title="Replace the hook URL?"
      onClose={onClose}
      busy={rotate.isPending}
      onSubmit={() => rotate.mutate()}
      submitLabel="Replace it"
    >
      <p>Everybody who calls the old URL has to be given the new one. Do this when the old one got into wrong hands.</p>
      <Select label="The old URL" value={overlap} onChange={(event) => setOverlap(Number(event.currentTarget.value))}>
        {OVERLAPS.map(([seconds, text]) => (
          <option key={seconds} value={seconds}>
            {text}
          </option>
        ))}
      </Select>
      {rotate.error && <p role="alert">{reasonOf(rotate.error)}</p>}
    </Dialog>
  );
}
