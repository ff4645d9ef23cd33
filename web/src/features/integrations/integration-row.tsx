import { Link } from 'react-router';
import type { IntegrationActivity, IntegrationItem } from '../../api/types.js';
import { Chip } from '../../ui/chip.js';
import { HourBars } from '../../ui/hour-bars.js';
import { OnOffSwitch } from '../../ui/on-off-switch.js';
import { useShortcutsOn } from '../../ui/shortcuts.js';
import { ActivityCells } from './activity-cells.js';
import { AttentionNote } from './attention-note.js';
import { RowMenu } from './row-menu.js';
import { StepPath } from './step-path.js';
import { triggerText } from '../../flow/describe.js';
import list from '../../ui/list.module.css';
import classes from './integrations.module.css';

interface IntegrationRowProps {
  integration: IntegrationItem;
  /** Undefined until it is read. */
  activity: IntegrationActivity | undefined;
  /** Why the last switch was refused, until it is tried again. */
  refusal?: string;
  disabledReason?: string;
  mayEdit: boolean;
  onToggle: (integration: IntegrationItem, on: boolean) => void;
  onDuplicate: (integration: IntegrationItem) => void;
  onRefused: (integration: IntegrationItem, reason: string) => void;
}

export function IntegrationRow({
  integration,
  activity,
  refusal,
  disabledReason,
  mayEdit,
  ...act
}: IntegrationRowProps) {
  const { onToggle, onDuplicate, onRefused } = act;
  const { id, name, trigger, steps, state, heldCount } = integration;
  const on = state === 'on';
  const letters = useShortcutsOn();
  return (
    <tr
      onKeyDown={(event) => {
        // The switch itself takes Space as every button does.
        if (!(event.target instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.altKey) return;
        const key = event.key.toLowerCase();
        if (key === ' ' && !disabledReason) onToggle(integration, !on);
        else if (key === 'd' && letters && mayEdit) onDuplicate(integration);
        else if (key === 'e' && letters) event.target.click();
        else if (key !== ' ') return;
        event.preventDefault();
      }}
    >
      <td className={classes.switchCell}>
        <OnOffSwitch
          on={on}
          label={`${name} is on`}
          disabledReason={disabledReason}
          onChange={(next) => onToggle(integration, next)}
        />
      </td>
      <td className={list.main}>
        <div className={list.name}>
          <Link to={`/integrations/${id}`} data-row-link className="foreign" title={name}>
            {name}
          </Link>
          <VersionChips integration={integration} />
        </div>
        {refusal ? (
          <p className={`${list.sub} ${list.bad} ${list.whole}`} role="alert">
            {refusal}
          </p>
        ) : activity?.attention ? (
          <AttentionNote attention={activity.attention} />
        ) : (
          <p className={list.sub}>
            <span className="foreign">{triggerText(trigger)}</span>
            {heldCount > 0 && ` · ${heldCount} held`}
          </p>
        )}
        <div className={`${list.narrowOnly} ${classes.small}`}>
          <StepPath trigger={trigger} steps={steps} />
          {activity && <HourBars hours={activity.hours} />}
        </div>
      </td>
      <td className={list.mediumUp}>
        <StepPath trigger={trigger} steps={steps} />
      </td>
      <ActivityCells activity={activity} />
      <td className={classes.menuCell}>
        <RowMenu
          integration={integration}
          lastRunAt={activity?.lastRun?.at}
          mayEdit={mayEdit}
          onRefused={(reason) => onRefused(integration, reason)}
        />
      </td>
    </tr>
  );
}

function VersionChips({ integration: { publishedVersion, draftDiffers } }: { integration: IntegrationItem }) {
  if (publishedVersion === null) return <Chip>Draft</Chip>;
  return draftDiffers ? <Chip tone="accent">Unpublished changes</Chip> : null;
}
