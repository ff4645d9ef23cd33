import { IconButton } from '../ui/button.js';
import { Select, TextArea, TextInput } from '../ui/controls.js';
import { IconTrash } from '../ui/icons.js';
import type { AuthFieldsProps, ConnectionForm } from './connection-form.js';
import { OAuthFields } from './oauth-fields.js';
import { SecretInput } from './secret-input.js';
import classes from './connections.module.css';

/** The fields of each way to sign in. */
export function AuthFields(props: AuthFieldsProps) {
  const { form, problems, isStored, change } = props;
  switch (form.type) {
    case 'none':
      return null;
    case 'basic':
      return (
        <div className={classes.pair}>
          <TextInput
            label="User name"
            required
            mono
            autoComplete="off"
            value={form.username}
            problem={problems.username}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
          <SecretInput
            label="Password"
            value={form.password}
            isStored={isStored}
            problem={problems.password}
            onChange={(password) => change({ password })}
          />
        </div>
      );
    case 'bearer':
      return (
        <SecretInput
          label="Token"
          required
          value={form.token}
          isStored={isStored}
          problem={problems.token}
          hint="Sent as “Authorization: Bearer …”."
          onChange={(token) => change({ token })}
        />
      );
    case 'api-key':
      return (
        <>
          <div className={classes.pair}>
            <Select
              label="Sent in"
              value={form.keyIn}
              onChange={(event) => change({ keyIn: event.currentTarget.value as ConnectionForm['keyIn'] })}
            >
              <option value="header">A header</option>
              <option value="query">A query parameter</option>
            </Select>
            <TextInput
              label={form.keyIn === 'header' ? 'Name of the header' : 'Name of the parameter'}
              required
              mono
              autoComplete="off"
              placeholder={form.keyIn === 'header' ? 'X-API-Key' : 'api_key'}
              value={form.keyName}
              problem={problems.keyName}
              onChange={(event) => change({ keyName: event.currentTarget.value })}
            />
          </div>
          <SecretInput
            label="Key"
            required
            value={form.keyValue}
            isStored={isStored}
            problem={problems.keyValue}
            onChange={(keyValue) => change({ keyValue })}
          />
        </>
      );
    case 'standard-webhooks':
    case 'shared-secret':
      return <SigningSecrets {...props} />;
    case 'oauth2':
    case 'oauth2-client-credentials':
      return <OAuthFields {...props} />;
  }
}

const ABOUT = {
  'standard-webhooks': 'Keys of Standard Webhooks (whsec_…, whsk_…), one per line. Every attempt is signed with each.',
  'shared-secret': 'What a sender to a hook URL signs with, one per line. It signs nothing that goes out.',
};

function SigningSecrets({ form, problems, change }: AuthFieldsProps) {
  return (
    <>
      {form.kept.length > 0 && (
        <ul className={classes.kept} aria-label="Stored secrets">
          {form.kept.map((mask, index) => (
            <li key={mask}>
              <span className="mono">Secret {mask.replace(/^•+/, '')} ••••••••</span>
              <IconButton
                label={`Remove secret ${mask.replace(/^•+/, '')}`}
                icon={<IconTrash size={15} stroke={1.7} />}
                onClick={() => change({ kept: form.kept.filter((_, at) => at !== index) })}
              />
            </li>
          ))}
        </ul>
      )}
      <TextArea
        label={form.kept.length > 0 ? 'New secrets' : 'Secrets'}
        required={form.kept.length === 0}
        mono
        rows={2}
        spellCheck={false}
        autoComplete="off"
        value={form.secrets}
        problem={problems.secrets}
        hint={ABOUT[form.type as keyof typeof ABOUT]}
        onChange={(event) => change({ secrets: event.currentTarget.value })}
      />
    </>
  );
}
