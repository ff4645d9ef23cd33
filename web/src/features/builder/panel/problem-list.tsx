import { Callout } from '../../../ui/callout.js';
import { IconAlertCircleFilled } from '../../../ui/icons.js';
import { useProblems } from './problems.js';
import classes from './builder-panel.module.css';

/** What keeps this step from running, each a link to its field. */
export function ProblemList() {
  const problems = [...useProblems()];
  if (problems.length === 0) return null;
  return (
    <div className={classes.problems}>
      <Callout
        tone="wa"
        icon={<IconAlertCircleFilled size={18} aria-hidden />}
        title={problems.length === 1 ? '1 thing to fix in this step' : `${problems.length} things to fix in this step`}
      >
        <ul>
          {problems.map(([path, message]) => (
            <li key={path}>
              <button type="button" onClick={() => focusField(path)}>
                {message}
              </button>
            </li>
          ))}
        </ul>
      </Callout>
    </div>
  );
}

/** The field a problem is about; fields carry their JSON pointer. */
function focusField(path: string): void {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const box = document.querySelector<HTMLElement>(`#step-panel [data-pointer="${CSS.escape(at)}"]`);
    const field = box?.matches('textarea') ? box : box?.querySelector<HTMLElement>('.cm-content, input, select');
    if (!field) continue;
    field.closest('details')?.setAttribute('open', '');
    field.focus();
    return;
  }
}
