import { useRef, useState } from 'react';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import classes from './top-bar.module.css';

/** The name of the integration, edited where it stands. An empty one is not taken. */
export function NameField() {
  const store = useDraftStore();
  const name = useDraft((state) => state.draft.name);
  const readOnly = useDraft((state) => state.readOnly);
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const text = empty ? '' : name;
  if (readOnly) return <h1 className={`${classes.name} foreign`}>{name}</h1>;
  return (
    <h1 className={classes.nameBox} data-text={text || ' '}>
      <input
        ref={field}
        className={classes.name}
        aria-label="Name of the integration"
        value={text}
        size={4}
        maxLength={200}
        onChange={(event) => {
          const next = event.currentTarget.value.replace(/[\n\r]/g, ' ');
          setEmpty(next.trim() === '');
          if (next.trim() === '') return;
          store.getState().edit('rename the integration', (draft) => ({ ...draft, name: next }), { merge: 'name' });
        }}
        onBlur={() => {
          setEmpty(false);
          store.getState().endEdit();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </h1>
  );
}
