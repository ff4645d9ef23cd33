import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { readIntegration, saveDraft, useOpenedIntegration } from '../../api/drafts.js';
import { roleAllows, sessionKey, useSession } from '../../api/session.js';
import type { Integration } from '../../api/types.js';
import { IconRoute } from '../../ui/icons.js';
import { ListError } from '../../ui/list-parts.js';
import { Notice } from '../../ui/notice.js';
import { BuilderSkeleton } from './builder-skeleton.js';
import { AutosaveContext } from './draft/autosave-context.js';
import { startAutosave, type Autosave } from './draft/autosave.js';
import { DraftProvider, useDraft } from './draft/draft-context.js';
import { createDraftStore, type DraftStore } from './draft/draft-store.js';
import { openJournal } from './draft/journal.js';
import { Editor } from './editor.js';
import { LeaveGuard } from './leave-guard.js';
import { TopBar } from './top-bar/top-bar.js';
import { useBuilderKeys } from './use-builder-keys.js';
import classes from './builder.module.css';

/** Looked at now and then. */
const ConflictBar = lazy(() => import('./conflict-bar.js').then(({ ConflictBar: each }) => ({ default: each })));
const VersionsTab = lazy(() =>
  import('./versions/versions-tab.js').then(({ VersionsTab: each }) => ({ default: each })),
);

const journal = openJournal();

type Tab = 'editor' | 'versions';

/** One integration: its drawing and its versions. */
export function BuilderPage() {
  const { id = '', tab } = useParams();
  const opened = useOpenedIntegration(id);
  if (opened.isPending) return <BuilderSkeleton />;
  if (opened.isError) {
    if (statusOf(opened.error) === 404 || statusOf(opened.error) === 400)
      return (
        <Notice
          heading="h1"
          icon={<IconRoute size={20} stroke={1.7} />}
          title="There is no such integration"
          actions={<a href="/integrations">All integrations</a>}
        >
          It may have been deleted.
        </Notice>
      );
    const reason = reasonOf(opened.error);
    return <ListError heading="h1" what="The integration" reason={reason} onRetry={() => opened.refetch()} />;
  }
  return <Opened key={id} integration={opened.data} tab={tab === 'versions' ? tab : 'editor'} />;
}

interface Parts {
  store: DraftStore;
  autosave: Autosave;
}

/** Makes the draft store once, with what an earlier page left in the journal. */
function Opened({ integration, tab }: { integration: Integration; tab: Tab }) {
  const me = useSession().data;
  const queries = useQueryClient();
  const [parts, setParts] = useState<Parts | null>(null);
  const mayEdit = me ? roleAllows(me.role, 'developer') : false;

  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void journal.read(integration.id).then((left) => {
      if (gone) return;
      const readOnly = !mayEdit || integration.state === 'archived' || integration.origin !== 'native';
      const store = createDraftStore({ integration, readOnly });
      const onSignedOut = () => queries.setQueryData(sessionKey, null);
      const ports = { save: saveDraft, read: readIntegration, journal, onSignedOut };
      const autosave = startAutosave(store, ports, left);
      stop = autosave.stop;
      setParts({ store, autosave });
    });
    return () => {
      gone = true;
      stop?.();
      setParts(null);
    };
  }, [integration, mayEdit, queries]);

  if (!parts) return <BuilderSkeleton />;
  return (
    <DraftProvider store={parts.store}>
      <AutosaveContext value={parts.autosave}>
        <Builder tab={tab} />
      </AutosaveContext>
    </DraftProvider>
  );
}

function Builder({ tab }: { tab: Tab }) {
  const [said, setSaid] = useState<ReactNode>(null);
  const name = useDraft((state) => state.draft.name);
  const inConflict = useDraft(({ save }) => save.state === 'conflict');
  useBuilderKeys();
  return (
    <div className={classes.builder}>
      <title>{`${name} · Hookline`}</title>
      <TopBar tab={tab} onSaid={setSaid} />
      <Suspense>{inConflict && <ConflictBar />}</Suspense>
      {said && (
        <p className={classes.said} role="status">
          {said}
          <button type="button" onClick={() => setSaid(null)}>
            OK
          </button>
        </p>
      )}
      {tab === 'editor' ? (
        <Editor />
      ) : (
        <Suspense fallback={<BuilderSkeleton />}>
          <VersionsTab />
        </Suspense>
      )}
      <LeaveGuard />
    </div>
  );
}
