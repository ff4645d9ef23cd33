import { useState } from 'react';
import { useNavigate } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { useEventText } from '../../api/events.js';
import { useReplayRun, useRunIntegration, type ReplayVersion } from '../../api/run-actions.js';
import { useVersionSteps } from '../../api/versions.js';
import type { Run } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { Select, TextArea } from '../../ui/controls.js';
import { Dialog } from '../../ui/dialog.js';
import { parseExact, tryParse } from '../../ui/exact-json.js';
import { IconPlayerTrackNext } from '../../ui/icons.js';
import { ReplayPlan } from './replay-plan.js';
import { failedStep, positionOf, sentBefore, startsFor, stepsToRun, type PlannedStep } from './replay-choice.js';
import classes from './replay-dialog.module.css';

interface ReplayDialogProps {
  run: Run;
  /** `start`, or the key of a step. */
  from: string;
  onClose: () => void;
}

/** From where, as which version and on which data a run is repeated; says what is sent before anything is. */
export function ReplayDialog({ run, from: wanted, onClose }: ReplayDialogProps) {
  const navigate = useNavigate();
  const replay = useReplayRun(run.id);
  const integration = useRunIntegration(run, true);
  const event = useEventText(run.eventId);
  const [version, setVersion] = useState<ReplayVersion>('original');
  const [chosen, setChosen] = useState(wanted);
  const [edited, setEdited] = useState<string | null>(null);

  const live = integration.data?.publishedVersion ?? null;
  const original = useVersionSteps(run.integrationId, run.version);
  const current = useVersionSteps(run.integrationId, version === 'current' ? live : null);
  const planned: PlannedStep[] | undefined = {
    // A run of a draft has no version to read: what it ran is on the page.
    original: original.data ?? (run.version === null || original.isError ? run.steps : undefined),
    current: current.data,
    draft: integration.data?.steps,
  }[version];
  const starts = planned ? startsFor(run, planned) : [];
  const from = chosen === 'start' || starts.some(({ key }) => key === chosen) ? chosen : 'start';
  const toRun = planned ? stepsToRun(run, planned, from) : undefined;

  const dataText = event.data === undefined ? undefined : dataOf(event.data);
  const dataGone = statusOf(event.error) === 404;
  const text = edited ?? (dataGone ? '' : null);
  const isBroken = text !== null && tryParse(text) === undefined;
  const failed = failedStep(run);
  const label =
    from === 'start' ? 'Replay from the start' : `Retry from step ${positionOf(planned ?? run.steps, from)}`;

  const send = () => {
    if (isBroken || !toRun || replay.isPending) return;
    const order = { from, version, dataText: text === null ? undefined : text };
    replay.mutate(order, {
      onSuccess: ({ runId }) => {
        onClose();
        void navigate(`/runs/${runId}`, { state: { justSent: true } });
      },
    });
  };
  return (
    <Dialog
      title={`Replay run ${run.number.toLocaleString('en')}`}
      onClose={onClose}
      onSubmit={send}
      busy={replay.isPending}
      wide
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            icon={<IconPlayerTrackNext size={15} stroke={1.7} aria-hidden />}
            busy={replay.isPending}
            disabled={isBroken || !toRun}
          >
            {label}
          </Button>
        </>
      }
    >
      <p>A new run is made and linked to this one, which stays as it is.</p>
      <div className={classes.choices}>
        <Select label="Start from" value={from} onChange={(change) => setChosen(change.currentTarget.value)}>
          <option value="start">The start</option>
          {starts.map((step) => (
            <option key={step.key} value={step.key}>
              {`Step ${positionOf(planned!, step.key)}: ${step.name || step.key}`}
              {step.key === failed?.key ? ' (failed)' : ''}
            </option>
          ))}
        </Select>
        <Select
          label="Run it with"
          value={version}
          onChange={(change) => setVersion(change.currentTarget.value as ReplayVersion)}
        >
          <option value="original">
            {run.version === null ? 'The draft as it ran' : `Version ${run.version}, as it ran`}
          </option>
          {live !== null && live !== run.version && <option value="current">{`Version ${live}, live now`}</option>}
          {integration.data && (integration.data.draftDiffers || live === null) && (
            <option value="draft">The draft, as a test</option>
          )}
        </Select>
      </div>
      {text === null ? (
        <div className={classes.sameData}>
          <p>
            <b>Data of the event</b>
            The same as before.
          </p>
          <Button small disabled={dataText === undefined} onClick={() => dataText && setEdited(indented(dataText))}>
            Edit
          </Button>
        </div>
      ) : (
        <TextArea
          label="Data of the event"
          aside={
            !dataGone && (
              <Button small onClick={() => setEdited(null)}>
                Use what was received
              </Button>
            )
          }
          problem={isBroken ? brokenText(text) : undefined}
          mono
          rows={9}
          spellCheck={false}
          value={text}
          onChange={(change) => setEdited(change.currentTarget.value)}
        />
      )}
      <ReplayPlan
        run={run}
        from={from}
        planned={planned}
        toRun={toRun}
        again={toRun ? sentBefore(run, toRun) : new Set()}
        hasOwnData={text !== null}
      />
      {replay.isError && (
        <p role="alert" className={classes.problem}>
          {reasonOf(replay.error)}
        </p>
      )}
    </Dialog>
  );
}

function dataOf(eventText: string): string {
  const { data } = parseExact(eventText) as { data?: unknown };
  return JSON.stringify(data ?? null);
}

const brokenText = (text: string): string =>
  text.trim() === '' ? 'What was received is no longer kept: write the data as JSON.' : 'Not valid JSON yet.';

const indented = (json: string): string => JSON.stringify(parseExact(json), null, 2);
