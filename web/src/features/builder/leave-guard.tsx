import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { useAutosave } from './draft/autosave-context.js';
import { useDraft, useDraftStore } from './draft/draft-context.js';

/** Leaving with work that the server has not confirmed: first it is saved; who cannot wait is asked. */
export function LeaveGuard() {
  const store = useDraftStore();
  const { flush } = useAutosave();
  const unsaved = useDraft(({ save }) => save.state !== 'saved');
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      store.getState().save.state !== 'saved' && placeOf(currentLocation.pathname) !== placeOf(nextLocation.pathname),
  );

  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    let left = false;
    void flush().then((saved) => saved && !left && blocker.proceed());
    return () => {
      left = true;
    };
  }, [blocker, flush]);

  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => {
      void flush();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved, flush]);

  const failed = useDraft(({ save }) => save.state === 'cannot-save' || save.state === 'conflict');
  if (blocker.state !== 'blocked' || !failed) return null;
  return (
    <Dialog
      title="Leave without saving?"
      onClose={() => blocker.reset()}
      onSubmit={() => blocker.reset()}
      actions={
        <>
          <Button onClick={() => blocker.proceed()}>Leave</Button>
          <Button type="submit" look="primary">
            Stay
          </Button>
        </>
      }
    >
      <p>
        The server has not confirmed your last changes. They stay in this browser, and are there again when you open
        this integration here.
      </p>
    </Dialog>
  );
}

/** The editor and the versions of one integration are one place. */
const placeOf = (pathname: string): string => pathname.split('/').slice(0, 3).join('/');
