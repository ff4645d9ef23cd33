import type { CallbackEvent } from '../../api/types.js';
import { MethodTag } from '../../ui/method-icon.js';
import { callOf } from './url-lines.js';
import classes from './callbacks.module.css';

interface CallPreviewProps {
  process: string;
  event: CallbackEvent;
  url: string | undefined;
  durable: boolean;
}

/** The exact request that an address gets. */
export function CallPreview({ process, event, url, durable }: CallPreviewProps) {
  const { base, added } = callOf(url ?? 'https://example.com/hook', process, event);
  return (
    <section className={classes.preview} aria-labelledby="receives">
      <header>
        <h3 id="receives">What each URL receives</h3>
        <span>Times out after 10 s · {durable ? 'up to 12 tries over a day' : '1 try'}</span>
      </header>
      <p className={classes.call} tabIndex={0} role="group" aria-label="The call">
        <MethodTag method="GET" />
        <code>
          {base}
          {added.map(([name, value], index) => (
            <span key={name}>
              {index > 0 && '&'}
              <b>{name}</b>=<i>{value}</i>
            </span>
          ))}
        </code>
      </p>
    </section>
  );
}
