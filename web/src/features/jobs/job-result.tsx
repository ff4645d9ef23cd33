import type { Job } from '../../api/types.js';
import { Chip, type Tone } from '../../ui/chip.js';

const TONES: Record<Job['status'], Tone> = {
  Queued: 'neutral',
  'In Progress': 'in',
  Complete: 'ok',
  Failed: 'er',
  Cancelled: 'neutral',
};

/** `503`, or the status in words where no answer came; the whole summary on hover. */
export function JobResult({ job: { status, summary } }: { job: Job }) {
  const code = /^\d{3}\b/.exec(summary ?? '')?.[0];
  const isOver = status === 'Complete' || status === 'Failed';
  return (
    <span title={summary ?? status}>
      <Chip tone={TONES[status]}>{isOver && code ? code : status}</Chip>
    </span>
  );
}
