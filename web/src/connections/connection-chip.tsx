import type { Connection } from '../api/types.js';
import { Chip } from '../ui/chip.js';
import { IconAlertCircleFilled, IconAlertTriangleFilled, IconCheck, IconCircleDashed } from '../ui/icons.js';
import { stateOf, type ConnectionState } from './connection-state.js';

const ICONS: Record<ConnectionState['tone'], typeof IconCheck> = {
  ok: IconCheck,
  er: IconAlertCircleFilled,
  wa: IconAlertTriangleFilled,
  neutral: IconCircleDashed,
};

export function ConnectionChip({ connection, now }: { connection: Connection; now: number }) {
  const { text, tone, detail } = stateOf(connection, now);
  const Icon = ICONS[tone];
  return (
    <span title={detail || undefined}>
      <Chip tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
        {text}
      </Chip>
    </span>
  );
}
