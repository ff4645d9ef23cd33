import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Button, IconButton } from '../../../ui/button.js';
import { Chip } from '../../../ui/chip.js';
import { IconArrowBackUp, IconArrowForwardUp, IconChevronLeft } from '../../../ui/icons.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { NameField } from './name-field.js';
import { PowerSwitch } from './power-switch.js';
import { ProblemsMenu } from './problems-menu.js';
import { SaveMark } from './save-mark.js';
import { TestAllButton } from './test-all-button.js';
import { useLiveChanges } from './use-live-changes.js';
import classes from './top-bar.module.css';

const PublishDialog = lazy(() => import('./publish-dialog.js').then((module) => ({ default: module.PublishDialog })));

interface TopBarProps {
  tab: 'editor' | 'versions';
  onSaid: (said: ReactNode) => void;
}

/** What the integration is called, whether it is safe, live and on; and the way between its pages. */
export function TopBar({ tab, onSaid }: TopBarProps) {
  const id = useDraft((state) => state.integration.id);
  return (
    <header className={classes.bar} role="group" aria-label="This integration" data-region="bar" tabIndex={-1}>
      <Link to="/integrations" className={classes.back} aria-label="Back to the integrations" title="Back">
        <IconChevronLeft size={18} stroke={1.7} aria-hidden />
      </Link>
      <div className={classes.title}>
        <NameField />
        <StateChip />
      </div>
      <SaveMark />
      <nav className={classes.tabs} aria-label="Pages of this integration">
        <Link to={`/integrations/${id}`} aria-current={tab === 'editor' ? 'page' : undefined}>
          Editor
        </Link>
        <Link to={`/runs?integrationId=${id}`}>Runs</Link>
        <Link to={`/integrations/${id}/versions`} aria-current={tab === 'versions' ? 'page' : undefined}>
          Versions
        </Link>
      </nav>
      <div className={classes.actions}>
        <UndoButtons />
        <ProblemsMenu />
        <TestAllButton onSaid={onSaid} />
        <PublishButton />
        <PowerSwitch onSaid={onSaid} />
      </div>
    </header>
  );
}

function StateChip() {
  const { state, publishedVersion } = useDraft(({ integration }) => integration);
  const changes = useLiveChanges();
  if (state === 'archived') return <Chip>Archived</Chip>;
  if (publishedVersion === null || (changes && changes.length > 0)) return <Chip tone="accent">Draft</Chip>;
  return state === 'off' ? <Chip>Off</Chip> : null;
}

function UndoButtons() {
  const store = useDraftStore();
  const back = useDraft(({ history }) => history.past.at(-1)?.label);
  const forth = useDraft(({ history }) => history.future.at(-1)?.label);
  const readOnly = useDraft((state) => state.readOnly);
  if (readOnly) return null;
  return (
    <div className={classes.undo}>
      <IconButton
        label={back ? `Undo: ${back}` : 'Nothing to undo'}
        icon={<IconArrowBackUp size={17} stroke={1.7} />}
        aria-disabled={!back || undefined}
        onClick={() => store.getState().undo()}
      />
      <IconButton
        label={forth ? `Redo: ${forth}` : 'Nothing to redo'}
        icon={<IconArrowForwardUp size={17} stroke={1.7} />}
        aria-disabled={!forth || undefined}
        onClick={() => store.getState().redo()}
      />
    </div>
  );
}

function PublishButton() {
  const { publishedVersion, state } = useDraft(({ integration }) => integration);
  const problems = useDraft((each) => each.problems.length);
  const readOnly = useDraft((each) => each.readOnly);
  const changes = useLiveChanges();
  const [asking, setAsking] = useState(false);
  if (readOnly || state === 'archived') return null;
  const isNew = publishedVersion === null;
  if (!isNew && !asking && changes?.length === 0) return <span className={classes.upToDate}>Up to date</span>;
  const count = changes?.length ?? 0;
  const text = isNew || count === 0 ? 'Publish' : `Publish ${count} ${count === 1 ? 'change' : 'changes'}`;
  return (
    <>
      <Button
        look="primary"
        title={problems > 0 ? `${problems} to fix first` : undefined}
        aria-disabled={problems > 0 || undefined}
        onClick={() => problems === 0 && setAsking(true)}
      >
        {text}
      </Button>
      {asking && (
        <Suspense>
          <PublishDialog
            changes={changes}
            nextVersion={(publishedVersion ?? 0) + 1}
            isOn={state === 'on'}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
