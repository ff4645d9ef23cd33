import { Link } from 'react-router';
import type { IntegrationItem } from '../../api/types.js';
import { Chip } from '../../ui/chip.js';
import { OnOffSwitch } from '../../ui/on-off-switch.js';
import { Ago } from '../../ui/time-text.js';
import { StepPath } from './step-path.js';
import { triggerText } from './trigger-text.js';
import list from '../../ui/list.module.css';
import classes from './integrations.module.css';

interface IntegrationRowProps {
  integration: IntegrationItem;
  /** Why the last switch was refused, until it is tried again. */
  refusal?: string;
  disabledReason?: string;
  onToggle: (integration: IntegrationItem, on: boolean) => void;
}

export function IntegrationRow({ integration, refusal, disabledReason, onToggle }: IntegrationRowProps) {
  const { id, name, trigger, steps, state, heldCount, updatedAt } = integration;
  const on = state === 'on';
  return (
    <tr
      onKeyDown={(event) => {
        // The switch itself takes Space as every button does.
        if (event.key !== ' ' || !(event.target instanceof HTMLAnchorElement)) return;
        event.preventDefault();
        if (!disabledReason) onToggle(integration, !on);
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
          <Link to={`/runs?integrationId=${id}`} data-row-link className="foreign" title={name}>
            {name}
          </Link>
          <VersionChips integration={integration} />
        </div>
        {refusal ? (
          <p className={`${list.sub} ${list.bad} ${list.whole}`} role="alert">
            {refusal}
          </p>
        ) : (
          <p className={list.sub}>
            <span className="foreign">{triggerText(trigger)}</span>
            {heldCount > 0 && ` · ${heldCount} held`}
          </p>
        )}
        <div className={list.narrowOnly}>
          <StepPath trigger={trigger} steps={steps} />
        </div>
      </td>
      <td className={list.mediumUp}>
        <StepPath trigger={trigger} steps={steps} />
      </td>
      <td className={`${list.soft} ${list.wideOnly}`}>
        {integration.publishedVersion === null ? 'Not published' : `Version ${integration.publishedVersion}`}
      </td>
      <td className={`${list.soft} ${list.wideOnly} ${list.right}`}>
        <Ago at={updatedAt} />
      </td>
    </tr>
  );
}

function VersionChips({ integration: { publishedVersion, draftDiffers } }: { integration: IntegrationItem }) {
  if (publishedVersion === null) return <Chip>Draft</Chip>;
  return draftDiffers ? <Chip tone="accent">Unpublished changes</Chip> : null;
}
