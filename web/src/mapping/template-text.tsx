import type { PillNames } from './pill.js';
import { pillOf } from './pill.js';
import { loneExpression, parsePath, segmentsOf } from './template.js';
import classes from './pill.module.css';

/** A template as its field shows it, drawn without an editor: while that loads, and for rows out of sight. */
export function TemplateText({ value, names }: { value: string; names: PillNames }) {
  const lone = loneExpression(value);
  if (lone !== null && parsePath(lone) === null) return <>{lone}</>;
  return (
    <>
      {segmentsOf(value).map((segment) => {
        if (segment.kind === 'text') return segment.text;
        if (segment.kind === 'expression') return value.slice(segment.from, segment.to);
        const pill = pillOf(segment.path, names);
        return (
          <span key={segment.from} className={`${classes.pill} ${classes[pill.tone]}`}>
            {pill.badge && <span className={classes.badge}>{pill.badge}</span>}
            {pill.label}
          </span>
        );
      })}
    </>
  );
}
