import type { HookMethod, WebhookTrigger } from '../../../api/types.js';
import { Select } from '../../../ui/controls.js';
import { useDraft } from '../draft/draft-context.js';
import http from '../panel/http-form.module.css';
import { HookUrl } from './hook-url.js';
import type { EditTrigger } from './edit-trigger.js';
import { VerificationFields } from './verification-fields.js';
import classes from './webhook-form.module.css';

const METHODS: HookMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface WebhookFormProps {
  trigger: WebhookTrigger;
  readOnly: boolean;
  edit: EditTrigger;
}

/** The address that others call, who may, and what they are answered. */
export function WebhookForm({ trigger, readOnly, edit }: WebhookFormProps) {
  const { methods, answer, verification } = trigger;
  const isLive = useDraft(({ integration }) => integration.publishedVersion !== null);
  return (
    <>
      <HookUrl readOnly={readOnly} />
      <fieldset className={classes.methods} disabled={readOnly}>
        <legend>Methods it takes</legend>
        {METHODS.map((method) => (
          <label key={method}>
            <input
              type="checkbox"
              checked={methods.includes(method)}
              // The last one stays: a hook that takes no method could not be called.
              disabled={methods.length === 1 && methods[0] === method}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                const next = METHODS.filter((each) => (each === method ? checked : methods.includes(each)));
                edit('change the methods', { methods: next });
              }}
            />
            {method}
          </label>
        ))}
      </fieldset>
      <VerificationFields verification={verification} readOnly={readOnly} edit={edit} />
      <Select
        label="The caller is answered"
        value={answer}
        disabled={readOnly}
        hint={
          answer === 'accepted'
            ? '202 with the id of the event, before any step runs.'
            : 'Once the last step is done, with its answer. After 25 seconds: 202, and the run goes on.'
        }
        onChange={(event) =>
          edit('change what is answered', { answer: event.currentTarget.value as WebhookTrigger['answer'] })
        }
      >
        <option value="accepted">at once</option>
        <option value="last-step">with what the last step was answered</option>
      </Select>
      {isLive && <p className={http.soft}>What you change here counts for calls once you publish it.</p>}
    </>
  );
}
