import { useState } from 'react';
import { reasonOf } from '../../api/api-error.js';
import { useTestConnection } from '../../api/connections.js';
import type { Connection, StepTestAnswer } from '../../api/types.js';
import { causeOf } from '../../exchange/cause.js';
import { Exchange } from '../../exchange/exchange.js';
import { announce } from '../../ui/announce.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { TextInput } from '../../ui/controls.js';
import { IconAlertCircleFilled, IconSend } from '../../ui/icons.js';
import { formatDuration } from '../../ui/time.js';
import classes from './connections-page.module.css';

/** Calls an address with the connection, and shows exactly what went out and came back. */
export function ConnectionTest({ connection }: { connection: Connection }) {
  const { id, allowedHosts } = connection;
  const host = allowedHosts.find((each) => !each.startsWith('*'));
  const [url, setUrl] = useState(host ? `https://${host}/` : '');
  const test = useTestConnection(id);
  const go = () =>
    test.mutate(url.trim(), {
      onSuccess: ({ outcome }) => announce(`The test ${outcome === 'failed' ? 'failed' : 'succeeded'}`),
    });
  return (
    <section aria-labelledby="test" className={classes.test}>
      <h2 id="test">Test it</h2>
      <form
        className={classes.testForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (!test.isPending) go();
        }}
      >
        <TextInput
          label="URL to GET with this connection"
          mono
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          placeholder="https://api.example.com/me"
          value={url}
          problem={test.isError ? reasonOf(test.error) : undefined}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" icon={<IconSend size={15} stroke={1.7} />} busy={test.isPending}>
          Test connection
        </Button>
      </form>
      {test.data && <TestAnswer answer={test.data} />}
    </section>
  );
}

function TestAnswer({ answer: { request, response, error } }: { answer: StepTestAnswer }) {
  const cause = error && causeOf(error, { request, response } as Parameters<typeof causeOf>[1], 1);
  return (
    <div className={classes.answer}>
      {error && cause && (
        <Callout
          tone="er"
          role="alert"
          icon={<IconAlertCircleFilled size={18} aria-hidden />}
          title={cause.title}
          code={error.code}
        >
          <p className="foreign">{error.message}</p>
        </Callout>
      )}
      <Exchange
        request={request}
        response={response}
        noResponse="No answer came."
        timing={response && <span className="nums">Total {formatDuration(response.durationMs)}</span>}
      />
    </div>
  );
}
