import { Dialog } from '../ui/dialog.js';
import { useShortcutsOn } from '../ui/shortcuts.js';
import classes from './shortcut-list.module.css';

const GROUPS: [string, [string, string][]][] = [
  [
    'Everywhere',
    [
      ['Ctrl K', 'search and commands'],
      ['?', 'this list'],
      ['G O', 'overview'],
      ['G I', 'integrations'],
      ['G R', 'runs'],
      ['G E', 'events'],
    ],
  ],
  [
    'Lists',
    [
      ['/', 'search'],
      ['J K', 'next, previous'],
      ['Enter', 'open'],
      ['Space', 'on or off'],
      ['N', 'new integration'],
      ['D', 'duplicate'],
    ],
  ],
  [
    'Builder',
    [
      ['F6 Shift F6', 'next, previous part'],
      ['Ctrl Z', 'undo'],
      ['Ctrl Shift Z', 'redo'],
      ['Ctrl S', 'save now'],
    ],
  ],
  [
    'Steps',
    [
      ['↑ ↓ ← →', 'go from card to card'],
      ['Enter', 'open its settings'],
      ['A', 'add a step after'],
      ['Shift A', 'add a step before'],
      ['Alt ↑ ↓', 'move the step'],
      ['Ctrl C X V D', 'copy, cut, paste, duplicate'],
      ['Delete', 'delete'],
      ['+ − 0 F', 'zoom in, out, 100 %, fit'],
    ],
  ],
  [
    'Panel of a step',
    [
      ['1 2 3 4', 'its tabs, from its header'],
      ['Alt ↑ ↓', 'step before, step after; in a row: move it'],
      ['Ctrl Enter', 'test the step'],
      ['/', 'insert data into the field'],
      ['F2', 'options of the data at the caret'],
      ['Esc', 'back to the card'],
    ],
  ],
];

/** Every key that does something. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const lettersOn = useShortcutsOn();
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} wide>
      {!lettersOn && <p>Single-key shortcuts are off: turn them on in the menu of your account.</p>}
      <div className={classes.groups}>
        {GROUPS.map(([title, keys]) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
