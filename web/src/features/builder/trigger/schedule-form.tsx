import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState } from 'react';
import { useSchedulePreview } from '../../../api/triggers.js';
import type { ScheduleTrigger } from '../../../api/types.js';
import { clock, cronOf, repeatOf, WEEKDAYS, type Repeat } from '../../../flow/cron-words.js';
import { Select, TextInput } from '../../../ui/controls.js';
import { useDraft } from '../draft/draft-context.js';
import { useProblem } from '../panel/problems.js';
import http from '../panel/http-form.module.css';
import classes from './schedule-form.module.css';
import type { EditTrigger } from './edit-trigger.js';
import { zonedTime, zonesByRegion } from './time-zones.js';

const REPEATS: Record<Repeat['every'] | 'own', string> = {
  minutes: 'Every few minutes',
  hour: 'Every hour',
  day: 'Every day',
  weekday: 'Every weekday, Monday to Friday',
  week: 'On days of the week',
  month: 'Once a month',
  own: 'As a cron expression says',
};

interface ScheduleFormProps {
  trigger: ScheduleTrigger;
  readOnly: boolean;
  edit: EditTrigger;
}

/** When it starts: in words or as a cron expression, in which time zone, and what about times that nobody was there for. */
export function ScheduleForm({ trigger, readOnly, edit }: ScheduleFormProps) {
  const { cron, timezone, missed } = trigger;
  const repeat = repeatOf(cron);
  const [asCron, setAsCron] = useState(repeat === null);
  const own = asCron || repeat === null;
  const cronProblem = useProblem('/cron');
  const zoneProblem = useProblem('/timezone');
  const setCron = (next: string) => edit('change the schedule', { cron: next }, 'cron');
  return (
    <>
      <div className={http.grid}>
        <Select
          label="Repeats"
          value={own ? 'own' : repeat.every}
          disabled={readOnly}
          onChange={(event) => {
            const every = event.currentTarget.value as keyof typeof REPEATS;
            setAsCron(every === 'own');
            if (every !== 'own') setCron(cronOf(changed(repeat, every)));
          }}
        >
          {Object.entries(REPEATS).map(([every, text]) => (
            <option key={every} value={every}>
              {text}
            </option>
          ))}
        </Select>
        {!own && <RepeatFields repeat={repeat} readOnly={readOnly} onChange={(next) => setCron(cronOf(next))} />}
        {own && (
          <div data-pointer="/cron">
            <TextInput
              label="Cron expression"
              required
              mono
              maxLength={200}
              spellCheck={false}
              readOnly={readOnly}
              problem={cronProblem}
              hint="Minute, hour, day of the month, month, weekday"
              value={cron}
              onChange={(event) => setCron(event.currentTarget.value)}
            />
          </div>
        )}
        <div data-pointer="/timezone">
          <Select
            label="Time zone"
            value={timezone}
            disabled={readOnly}
            problem={zoneProblem}
            onChange={(event) => edit('change the time zone', { timezone: event.currentTarget.value })}
          >
            <ZoneOptions chosen={timezone} />
          </Select>
        </div>
        <Select
          label="Times at which no process was there"
          value={missed}
          disabled={readOnly}
          hint="For a restart, an update or a failure."
          onChange={(event) =>
            edit('change what becomes of missed times', { missed: event.currentTarget.value as typeof missed })
          }
        >
          <option value="none">are left out</option>
          <option value="last">the last of them is made up for</option>
          <option value="all">all are made up for, the newest 100</option>
        </Select>
      </div>
      <NextTimes cron={cron} timezone={timezone} />
    </>
  );
}

function ZoneOptions({ chosen }: { chosen: string }) {
  const regions = zonesByRegion(chosen);
  return regions.map(([region, zones]) => (
    <optgroup key={region} label={region}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </optgroup>
  ));
}

interface RepeatFieldsProps {
  repeat: Repeat;
  readOnly: boolean;
  onChange: (repeat: Repeat) => void;
}

const STEPS = [1, 2, 5, 10, 15, 20, 30];

function RepeatFields({ repeat, readOnly, onChange }: RepeatFieldsProps) {
  if (repeat.every === 'minutes')
    return (
      <Select
        label="How often"
        value={repeat.step}
        disabled={readOnly}
        onChange={(event) => onChange({ every: 'minutes', step: Number(event.currentTarget.value) })}
      >
        {[...new Set([...STEPS, repeat.step])].map((step) => (
          <option key={step} value={step}>
            {step === 1 ? 'every minute' : `every ${step} minutes`}
          </option>
        ))}
      </Select>
    );
  if (repeat.every === 'hour')
    return (
      <Choice
        label="At minute"
        from={0}
        to={59}
        value={repeat.minute}
        readOnly={readOnly}
        onChange={(minute) => onChange({ every: 'hour', minute })}
      />
    );
  return (
    <>
      <TextInput
        label="At"
        type="time"
        required
        readOnly={readOnly}
        value={clock(repeat)}
        onChange={(event) => {
          const [hour, minute] = event.currentTarget.value.split(':').map(Number);
          if (Number.isInteger(hour) && Number.isInteger(minute)) onChange({ ...repeat, hour, minute });
        }}
      />
      {repeat.every === 'week' && (
        <Weekdays days={repeat.days} readOnly={readOnly} onChange={(days) => onChange({ ...repeat, days })} />
      )}
      {repeat.every === 'month' && (
        <Choice
          label="On day"
          from={1}
          to={31}
          value={repeat.day}
          readOnly={readOnly}
          hint={repeat.day > 28 ? 'Months without this day are left out.' : undefined}
          onChange={(day) => onChange({ ...repeat, day })}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  from: number;
  to: number;
  value: number;
  hint?: string;
  readOnly: boolean;
  onChange: (value: number) => void;
}

function Choice({ label, from, to, value, hint, readOnly, onChange }: ChoiceProps) {
  return (
    <Select
      label={label}
      hint={hint}
      value={value}
      disabled={readOnly}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    >
      {Array.from({ length: to - from + 1 }, (_, index) => (
        <option key={index} value={from + index}>
          {from + index}
        </option>
      ))}
    </Select>
  );
}

/** At least one stays: a schedule without a day never fires. */
function Weekdays({
  days,
  readOnly,
  onChange,
}: {
  days: number[];
  readOnly: boolean;
  onChange: (days: number[]) => void;
}) {
  return (
    <fieldset className={classes.weekdays} disabled={readOnly}>
      <legend>On</legend>
      {[1, 2, 3, 4, 5, 6, 0].map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            className="sr-only"
            checked={days.includes(day)}
            onChange={(event) => {
              const next = event.currentTarget.checked ? [...days, day] : days.filter((each) => each !== day);
              if (next.length > 0) onChange(next);
            }}
          />
          <span aria-hidden>{WEEKDAYS[day].slice(0, 2)}</span>
          <span className="sr-only">{WEEKDAYS[day]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** By the server's own clockwork, so that what is shown is what will fire. */
function NextTimes({ cron, timezone }: { cron: string; timezone: string }) {
  const [settled] = useDebouncedValue(cron, 300);
  const preview = useSchedulePreview(settled, timezone);
  const live = useDraft(({ integration }) => integration.nextFireAt);
  const id = useId();
  const problem = preview.data?.problems[0];
  return (
    <section className={classes.next} aria-labelledby={id} aria-busy={preview.isFetching || undefined}>
      <h3 id={id}>Next times</h3>
      {preview.isError && (
        <p className={http.problem}>They could not be worked out. Its times are kept as you wrote them.</p>
      )}
      {problem && (
        <p className={http.problem} role="status">
          {problem.message}
        </p>
      )}
      <ol>
        {preview.data?.times.map((at) => (
          <li key={at}>
            <time dateTime={at} className="nums">
              {zonedTime(at, timezone)}
            </time>
          </li>
        ))}
      </ol>
      {live !== null && (
        <p className={http.soft}>
          As it is published now, it fires next on <span className="nums">{zonedTime(live, timezone)}</span>.
        </p>
      )}
    </section>
  );
}

/** The same time of day where both have one. */
function changed(before: Repeat | null, every: Repeat['every']): Repeat {
  const minute = before && 'minute' in before ? before.minute : 0;
  const hour = before && 'hour' in before ? before.hour : 9;
  switch (every) {
    case 'minutes':
      return { every, step: 15 };
    case 'hour':
      return { every, minute };
    case 'week':
      return { every, days: [1], hour, minute };
    case 'month':
      return { every, day: 1, hour, minute };
    default:
      return { every, hour, minute };
  }
}
