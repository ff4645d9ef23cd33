import { useId, useState, type ReactNode } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import { useVersion } from '../../../api/versions.js';
import { changesBetween, type Change } from '../../../flow/changes.js';
import { kindOf, targetOf, triggerText } from '../../../flow/describe.js';
import { allSteps } from '../../../flow/steps.js';
import { Chip, type Tone } from '../../../ui/chip.js';
import { ListError, SkeletonRows } from '../../../ui/list-parts.js';
import { MethodIcon } from '../../../ui/method-icon.js';
import { useDraft } from '../draft/draft-context.js';
import classes from './versions.module.css';

interface ComparisonProps {
  id: string;
  version: number;
  others: number[];
  action: ReactNode;
}

const MARKS: Record<Change['kind'], [string, Tone]> = {
  added: ['Added', 'ok'],
  changed: ['Changed', 'in'],
  moved: ['Moved', 'neutral'],
  removed: ['Removed', 'er'],
};

/** The steps of one version, marked with what makes it another than a second one, or than the draft. */
export function Comparison({ id, version, others, action }: ComparisonProps) {
  const draft = useDraft((state) => state.draft);
  const [against, setAgainst] = useState<number | 'draft'>(others.includes(version - 1) ? version - 1 : 'draft');
  const selectId = useId();
  const shown = useVersion(id, version);
  const other = useVersion(id, against === 'draft' ? null : against);
  const base = against === 'draft' ? draft : other.data;
  if (shown.isError)
    return <ListError what="This version" reason={reasonOf(shown.error)} onRetry={() => shown.refetch()} />;
  if (!shown.data || !base)
    return (
      <section className={classes.compare}>
        <SkeletonRows label="Loading the version" columns={2} />
      </section>
    );
  const changes = changesBetween(base, shown.data);
  const markOf = (key: string) => changes.find(({ step, kind }) => step === key && kind !== 'removed');
  const rows = [
    {
      key: 'trigger',
      icon: shown.data.trigger.type,
      kind: 'When this happens',
      name: triggerText(shown.data.trigger),
      target: '',
    },
    ...allSteps(shown.data.steps).map((step) => ({
      key: step.key,
      icon: step.action,
      kind: kindOf(step),
      name: step.name,
      target: targetOf(step),
    })),
  ];
  return (
    <section className={classes.compare} aria-label={`Version ${version}`}>
      <header>
        <h2>Version {version}</h2>
        <label htmlFor={selectId}>compared with</label>
        <select
          id={selectId}
          value={against}
          onChange={({ currentTarget: { value } }) => setAgainst(value === 'draft' ? 'draft' : Number(value))}
        >
          <option value="draft">the draft</option>
          {others
            .filter((each) => each !== version)
            .map((each) => (
              <option key={each} value={each}>
                version {each}
              </option>
            ))}
        </select>
        <span className={classes.action}>{action}</span>
      </header>
      <p role="status" className={classes.sum}>
        {changes.length === 0
          ? 'No difference.'
          : `${changes.length} ${changes.length === 1 ? 'difference' : 'differences'}.`}
      </p>
      <ol className={classes.steps}>
        {rows.map(({ key, icon, kind, name, target }, index) => (
          <Row key={key} mark={markOf(key)} icon={icon} small={`${index + 1} · ${kind}`} name={name} target={target} />
        ))}
        {changes
          .filter(({ kind }) => kind === 'removed')
          .map((change) => (
            <Row
              key={change.step}
              mark={change}
              icon=""
              small={`Was step ${change.number}`}
              name={change.name}
              target=""
            />
          ))}
      </ol>
    </section>
  );
}

interface RowProps {
  mark: Change | undefined;
  icon: string;
  small: string;
  name: string;
  target: string;
}

function Row({ mark, icon, small, name, target }: RowProps) {
  return (
    <li data-kind={mark?.kind}>
      <MethodIcon method={icon} large faded={mark?.kind === 'removed'} />
      <span className={classes.words}>
        <small>{small}</small>
        <b className="foreign">{name}</b>
        {mark && mark.parts.length > 0 ? (
          <span>{mark.parts.join(', ')}</span>
        ) : (
          <span className="foreign">{target}</span>
        )}
      </span>
      {mark && <Chip tone={MARKS[mark.kind][1]}>{MARKS[mark.kind][0]}</Chip>}
    </li>
  );
}
