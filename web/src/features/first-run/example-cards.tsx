import { useNavigate } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useCreateIntegration } from '../../api/drafts.js';
import { useInspectorUrl } from '../../api/first-run.js';
import { IconCalendar, IconClipboard, IconUser } from '../../ui/icons.js';
import { MethodTag } from '../../ui/method-icon.js';
import { EXAMPLES, type Example } from './examples.js';
import classes from './first-run.module.css';

const ICONS: Record<Example['icon'], typeof IconCalendar> = {
  task: IconClipboard,
  person: IconUser,
  clock: IconCalendar,
};
/** Where there is no receiver of ours: nobody answers there, so that it has to be changed first. */
const NOBODY = 'https://example.com';

/** Each makes a draft and opens it; nothing runs before it is turned on. */
export function ExampleCards() {
  const navigate = useNavigate();
  const create = useCreateIntegration();
  const receiver = useInspectorUrl().data;
  const open = ({ draft }: Example) =>
    create.mutate(draft(receiver ?? NOBODY), { onSuccess: ({ id }) => void navigate(`/integrations/${id}`) });
  return (
    <section aria-labelledby="examples" className={classes.examples}>
      <h2 id="examples">Or start from an example</h2>
      <ul>
        {EXAMPLES.map((example) => {
          const Icon = ICONS[example.icon];
          return (
            <li key={example.id}>
              <button type="button" disabled={create.isPending || receiver === undefined} onClick={() => open(example)}>
                <span className={classes.cardTop} aria-hidden>
                  <span className={classes.tile}>
                    <Icon size={18} stroke={1.7} />
                  </span>
                  {example.methods.map((method) => (
                    <MethodTag key={method} method={method} />
                  ))}
                </span>
                <b>{example.title}</b>
                <span>{example.text}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {create.error && (
        <p role="alert" className={classes.bad}>
          {reasonOf(create.error)}
        </p>
      )}
    </section>
  );
}
