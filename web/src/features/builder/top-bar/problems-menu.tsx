import { Menu } from '@mantine/core';
import { stepAt } from '../../../flow/pointers.js';
import { findStep, stepNumber } from '../../../flow/steps.js';
import { Button } from '../../../ui/button.js';
import { IconAlertTriangleFilled } from '../../../ui/icons.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { jumpToField } from '../jump-to-field.js';
import classes from './top-bar.module.css';

/** What keeps the draft from running, each leading to its field. */
export function ProblemsMenu() {
  const store = useDraftStore();
  const problems = useDraft((state) => state.problems);
  const draft = useDraft((state) => state.draft);
  if (problems.length === 0) return null;
  const whereOf = (path: string) => {
    const key = stepAt(draft, path);
    if (key === null) return 'Integration';
    return key === 'trigger' ? '1 · What starts it' : `${stepNumber(draft, key)} · ${findStep(draft, key)?.step.name}`;
  };
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target>
        <Button className={classes.problems} icon={<IconAlertTriangleFilled size={15} />}>
          {problems.length} to fix
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {problems.map(({ path, code, message }) => (
          <Menu.Item key={`${path} ${code}`} onClick={() => jumpToField(store, path)}>
            <span className={classes.problem}>
              <b className="foreign">{whereOf(path)}</b>
              <small className="foreign">{message}</small>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
