import { useConnectionChoices } from '../../../api/catalog.js';
import type { HookVerification } from '../../../api/types.js';
import { Select } from '../../../ui/controls.js';
import { ConnectionSelect } from '../panel/connection-select.js';
import { NumberField } from '../panel/number-field.js';
import { useProblem } from '../panel/problems.js';
import http from '../panel/http-form.module.css';
import { HmacFields } from './hmac-fields.js';
import type { EditTrigger } from './edit-trigger.js';
import { PRESETS } from './verification-presets.js';
import classes from './webhook-form.module.css';

interface VerificationFieldsProps {
  verification: HookVerification;
  readOnly: boolean;
  edit: EditTrigger;
}

/** How a call proves where it comes from; each preset asks only for what it needs. */
export function VerificationFields({ verification, readOnly, edit }: VerificationFieldsProps) {
  const { preset, connectionId, toleranceSeconds, replays, timestampHeader } = verification;
  const { hint, types, isSigned, hasTime } = PRESETS[preset];
  const connections = useConnectionChoices().data;
  const problem = useProblem('/verification/connectionId');
  const set = (change: Partial<HookVerification>, merge?: string) =>
    edit('change the verification', { verification: { ...verification, ...change } }, merge);
  const fits = (next: HookVerification['preset']) => {
    const type = connections?.find(({ id }) => id === connectionId)?.auth.type;
    return type !== undefined && PRESETS[next].types.includes(type);
  };
  return (
    <div className={classes.verification}>
      <Select
        label="Calls are verified by"
        hint={hint}
        value={preset}
        disabled={readOnly}
        onChange={(event) => {
          const next = event.currentTarget.value as typeof preset;
          set({ preset: next, connectionId: fits(next) ? connectionId : null });
        }}
      >
        {Object.entries(PRESETS).map(([key, { text }]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </Select>
      {types.length > 0 && (
        <div data-pointer="/verification/connectionId">
          <ConnectionSelect
            label="The secret is in"
            none="Choose a connection"
            types={types}
            required
            value={connectionId}
            problem={problem}
            readOnly={readOnly}
            onChoose={(id) => set({ connectionId: id })}
          />
        </div>
      )}
      {preset === 'hmac' && <HmacFields verification={verification} readOnly={readOnly} set={set} />}
      {isSigned && (
        <div className={http.grid}>
          {(hasTime || (preset === 'hmac' && timestampHeader !== null)) && (
            <NumberField
              label="The signed time may be off by"
              unit="s"
              path="/verification/toleranceSeconds"
              value={toleranceSeconds}
              min={1}
              max={3_600}
              readOnly={readOnly}
              onChange={(seconds) => set({ toleranceSeconds: seconds }, 'tolerance')}
            />
          )}
          <Select
            label="The same message a second time"
            hint="Either way it starts nothing."
            value={replays}
            disabled={readOnly}
            onChange={(event) => set({ replays: event.currentTarget.value as typeof replays })}
          >
            <option value="refuse">is refused</option>
            <option value="acknowledge">gets the first answer again</option>
          </Select>
        </div>
      )}
    </div>
  );
}
