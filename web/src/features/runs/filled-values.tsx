import { statusOf } from '../../api/api-error.js';
import { useEvaluatedInRun } from '../../api/evaluate.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { Evaluation, Run } from '../../api/types.js';
import { useVersionSteps } from '../../api/versions.js';
import { allSteps } from '../../flow/steps.js';
import type { PillNames } from '../../mapping/pill.js';
import { TemplateText } from '../../mapping/template-text.js';
import { IconArrowLeft } from '../../ui/icons.js';
import { filledRows, type FilledRow } from './filled-rows.js';
import { positionOf } from './replay-choice.js';
import card from '../../exchange/exchange.module.css';
import classes from './filled-values.module.css';

/** How each value of a step's request was filled: by the version that ran, from the data of this run. */
export function FilledValues({ run, stepKey }: { run: Run; stepKey: string }) {
  const me = useSession().data;
  const mayAsk = me !== undefined && me !== null && roleAllows(me.role, 'developer');
  const steps = useVersionSteps(run.integrationId, run.version).data;
  const step = steps && allSteps(steps).find(({ key }) => key === stepKey);
  const rows = step?.connector === 'http' ? filledRows(step.input) : [];
  const values = useEvaluatedInRun(
    run.id,
    stepKey,
    rows.map(({ asked }) => asked),
    mayAsk,
  );
  if (rows.length === 0) return null;
  const names: PillNames = {
    trigger: '',
    steps: new Map(
      run.steps.map(({ key, name }) => [
        key,
        { number: positionOf(run.steps, key), name: name || key, isEarlier: true },
      ]),
    ),
  };
  return (
    <section className={card.card} aria-labelledby="filled-title">
      <div className={card.cardHead}>
        <h3 id="filled-title">How each value was filled</h3>
        <span className={classes.from}>{fromText(values.error, mayAsk)}</span>
      </div>
      <table className={classes.table}>
        <colgroup>
          <col className={classes.key} />
          <col />
          <col className={classes.value} />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Filled with</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <th scope="row" className="foreign">
                {row.part !== 'Body' && <span className={classes.part}>{row.part}</span>}
                <span className="mono">{row.key}</span>
              </th>
              <td className={`${classes.template} foreign`}>
                <IconArrowLeft size={14} stroke={1.7} aria-hidden />
                <span>
                  {typeof row.template === 'string' ? (
                    <TemplateText value={row.template} names={names} />
                  ) : (
                    <span className="mono">{JSON.stringify(row.template)}</span>
                  )}
                </span>
              </td>
              <td className="mono foreign">{values.data && <Value row={row} of={values.data} index={index} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Value({ row, of: { values, errors }, index }: { row: FilledRow; of: Evaluation; index: number }) {
  const error = errors[index];
  if (error) return <span className={classes.problem}>{error.message}</span>;
  const value = values[index];
  if (value === null && row.leavesOut) return <span className={classes.empty}>Empty, left out</span>;
  return <>{JSON.stringify(value)}</>;
}

function fromText(error: Error | null, mayAsk: boolean): string {
  if (!mayAsk) return '';
  if (!error) return 'from this run\u2019s data';
  return statusOf(error) === 409 ? 'the data of this run is no longer kept' : 'the values could not be read';
}
