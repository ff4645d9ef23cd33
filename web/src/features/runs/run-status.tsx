import type { RunStatus } from '../../api/types.js';
import { Chip, type Tone } from '../../ui/chip.js';
import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClock,
  IconLoader2,
  IconPlayerPauseFilled,
} from '../../ui/icons.js';
import classes from './runs.module.css';

/** Word, shape and colour of each state; the shape differs too, for those who do not see the colour. */
const LOOKS: Record<RunStatus, [word: string, tone: Tone, icon: typeof IconClock]> = {
  held: ['Held', 'neutral', IconPlayerPauseFilled],
  queued: ['Queued', 'neutral', IconCircleDashed],
  running: ['Running', 'in', IconLoader2],
  waiting: ['Waiting', 'wa', IconClock],
  succeeded: ['Succeeded', 'ok', IconCircleCheckFilled],
  failed: ['Failed', 'er', IconCircleXFilled],
  canceled: ['Canceled', 'neutral', IconBan],
};

/** `place` says where it came to that: `at step 4`. */
export function RunStatusChip({ status, place }: { status: RunStatus; place?: string }) {
  const [word, tone, Icon] = LOOKS[status];
  return (
    <Chip
      tone={tone}
      icon={<Icon size={13} stroke={2} aria-hidden className={status === 'running' ? classes.turning : undefined} />}
    >
      {place ? `${word} ${place}` : word}
    </Chip>
  );
}
