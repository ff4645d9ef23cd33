import { IconCloudCheck, IconCloudOff, IconCloudUpload } from '../../../ui/icons.js';
import { useDraft } from '../draft/draft-context.js';
import classes from './top-bar.module.css';

/** Whether the work is safe, and which version is live meanwhile. */
export function SaveMark() {
  const save = useDraft((state) => state.save);
  const version = useDraft((state) => state.integration.publishedVersion);
  const state = useDraft((each) => each.integration.state);
  const live = version === null ? 'Never published' : `Version ${version} is ${state === 'on' ? 'live' : 'published'}`;
  const bad = save.state === 'cannot-save' || save.state === 'conflict';
  const Icon = bad ? IconCloudOff : save.state === 'saved' ? IconCloudCheck : IconCloudUpload;
  const text = {
    saved: 'Saved',
    saving: 'Saving',
    conflict: 'Not saved',
    'cannot-save': save.state === 'cannot-save' && save.refused ? "Can't save" : "Can't save. Trying again",
  }[save.state];
  return (
    <span
      className={classes.save}
      data-bad={bad || undefined}
      title={save.state === 'cannot-save' ? save.reason : live}
    >
      <Icon size={16} stroke={1.7} aria-hidden />
      <span role="status" data-save={save.state}>
        {text}
      </span>
      {!bad && <span className={classes.live}>. {live}</span>}
    </span>
  );
}
