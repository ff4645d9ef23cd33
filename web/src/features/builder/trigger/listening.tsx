import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { RecentEvent } from '../../../api/catalog.js';
import type { Trigger, WebhookTrigger } from '../../../api/types.js';
import { announce } from '../../../ui/announce.js';
import { Button } from '../../../ui/button.js';
import { Callout } from '../../../ui/callout.js';
import { CopyButton } from '../../../ui/copy-button.js';
import { IconAlertTriangleFilled, IconX } from '../../../ui/icons.js';
import { useDraft } from '../draft/draft-context.js';
import { useFieldScope } from '../fields/field-scope.js';
import { labelOf, typesOf } from '../test/sample.js';
import { useTesting } from '../test/testing-store.js';
import { eventCommand, hookCommand } from './test-command.js';
import { PRESETS, REFUSALS } from './verification-presets.js';
import classes from './trigger-form.module.css';

interface ListeningProps {
  trigger: Trigger;
  /** The first one that came since. */
  heard: RecentEvent | null;
  /** The newest call since that was refused. */
  refused: { method: string; reason: string | null } | null;
  onEnd: () => void;
}

/** Waits for the next event or call, which becomes the sample; says how to make one, and why one was refused. */
export function Listening({ trigger, heard, refused, onEnd }: ListeningProps) {
  const choose = useTesting((state) => state.choose);
  const hookUrl = useDraft(({ integration }) => integration.hookUrl);
  const { sample } = useFieldScope();
  const cancel = useRef<HTMLButtonElement>(null);
  const take = useEffectEvent((event: RecentEvent) => {
    choose({ kind: 'event', id: event.id, label: labelOf(event, event.id) });
    announce('An event came in: it is the sample now');
    onEnd();
  });
  useLayoutEffect(() => cancel.current?.focus(), []);
  useEffect(() => {
    if (heard) take(heard);
  }, [heard]);
  const data = sample.trigger.data ?? {};
  const types = typesOf(trigger);
  const command =
    trigger.type === 'webhook'
      ? hookCommand(trigger as WebhookTrigger, hookUrl, data)
      : eventCommand(window.location.origin, types[0], data);
  return (
    <div className={classes.listening}>
      <p role="status">
        {trigger.type === 'webhook' ? (
          'Waiting for a call to the hook URL. Make one now: it becomes the sample.'
        ) : (
          <>
            Waiting for an event of the type <code>{types.join(', ')}</code>. Send one now: it becomes the sample.
          </>
        )}
      </p>
      {command !== null ? (
        <>
          <pre className="foreign" tabIndex={0} aria-label="Command that sends one">
            {command}
          </pre>
          {trigger.type === 'event' && <p>With an API key in place of $KEY.</p>}
        </>
      ) : (
        <p>
          It has to be signed: have its sender make one ({trigger.type === 'webhook' && wordsOf(trigger)}). What is
          refused is shown here, with the reason.
        </p>
      )}
      {refused && (
        <Callout
          tone="wa"
          role="status"
          icon={<IconAlertTriangleFilled size={17} aria-hidden />}
          title={`A ${refused.method} was refused`}
        >
          <p>Because {REFUSALS[refused.reason ?? ''] ?? refused.reason}.</p>
        </Callout>
      )}
      <div className={classes.listeningActions}>
        {command !== null && <CopyButton text={command} label="Copy the command" wide />}
        <Button ref={cancel} icon={<IconX size={15} stroke={1.7} />} onClick={onEnd}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

const wordsOf = ({ verification }: Extract<Trigger, { type: 'webhook' }>): string => PRESETS[verification.preset].text;
