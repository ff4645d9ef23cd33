import { useCallbackUrl } from '../api/connections.js';
import { Button, IconButton } from '../ui/button.js';
import { Callout } from '../ui/callout.js';
import { Fold, Labelled, Select, TextInput } from '../ui/controls.js';
import { CopyButton } from '../ui/copy-button.js';
import { IconInfoCircle, IconPlus, IconTrash } from '../ui/icons.js';
import type { AuthFieldsProps, ConnectionForm } from './connection-form.js';
import { SecretInput } from './secret-input.js';
import controls from '../ui/controls.module.css';
import classes from './connections.module.css';

/** A registration at a provider. Somebody signs in with `oauth2`; client credentials need nobody. */
export function OAuthFields({ form, problems, isStored, held, change }: AuthFieldsProps) {
  const withPerson = form.type === 'oauth2';
  const text = (field: 'authorizationUrl' | 'accessTokenUrl' | 'clientId' | 'scope' | 'state') => ({
    mono: true,
    spellCheck: false,
    autoComplete: 'off',
    value: form[field],
    problem: problems[field],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      {withPerson && <CallbackUrl />}
      <div className={classes.pair}>
        {withPerson && (
          <TextInput
            label="Authorization URL"
            required
            placeholder="https://login.example.com/oauth/authorize"
            {...text('authorizationUrl')}
          />
        )}
        <TextInput
          label="Access token URL"
          required
          placeholder="https://login.example.com/oauth/token"
          {...text('accessTokenUrl')}
        />
      </div>
      <div className={classes.pair}>
        <TextInput label="Client ID" required {...text('clientId')} />
        <SecretInput
          label="Client secret"
          value={form.clientSecret}
          isStored={isStored}
          problem={problems.clientSecret}
          onChange={(clientSecret) => change({ clientSecret })}
        />
      </div>
      <div className={classes.pair}>
        <TextInput label={<Optional>Scope</Optional>} placeholder="orders.read orders.write" {...text('scope')} />
        {withPerson && (
          <TextInput label={<Optional>State</Optional>} placeholder="Made fresh for each sign-in" {...text('state')} />
        )}
      </div>
      {withPerson && <AccessToken form={form} problem={problems.accessToken} held={held ?? null} change={change} />}
      <Fold
        title="Advanced"
        summary={`client authentication, ${form.extra.length} extra ${form.extra.length === 1 ? 'parameter' : 'parameters'}`}
        open={problems.extra !== undefined || undefined}
      >
        <Select
          label="Client authentication"
          value={form.clientAuth}
          hint="How the client names itself when it asks for tokens. Providers say which of the two they want."
          onChange={(event) => change({ clientAuth: event.currentTarget.value as ConnectionForm['clientAuth'] })}
        >
          <option value="header">In a header (HTTP Basic)</option>
          <option value="body">In the body</option>
        </Select>
        {withPerson && <ExtraParameters form={form} problem={problems.extra} change={change} />}
      </Fold>
    </>
  );
}

const Optional = ({ children }: { children: string }) => (
  <>
    {children} <span className={classes.optional}>optional</span>
  </>
);

function CallbackUrl() {
  const { data: callbackUrl = '' } = useCallbackUrl();
  const origin = URL.canParse(callbackUrl) ? new URL(callbackUrl).origin : null;
  return (
    <>
      <Labelled
        label={
          <>
            Callback URL <span className={classes.optional}>filled in for you</span>
          </>
        }
        hint="Register it at the provider, letter by letter."
      >
        {({ id, describedBy }) => (
          <span className={classes.withButton}>
            <input
              id={id}
              readOnly
              value={callbackUrl}
              className={controls.input}
              data-mono
              data-stored
              aria-describedby={describedBy}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={callbackUrl} label="Copy the callback URL" />
          </span>
        )}
      </Labelled>
      {origin !== null && origin !== location.origin && (
        <Callout
          tone="wa"
          icon={<IconInfoCircle size={17} stroke={1.7} aria-hidden />}
          title="Signing in does not work from this address"
        >
          <p>
            It ends at {origin}, and you are at {location.origin}: to the browser these are two places. Open{' '}
            <a href={`${origin}/connections`}>{origin}</a> and sign in there.
          </p>
        </Callout>
      )}
    </>
  );
}

interface AccessTokenProps {
  form: ConnectionForm;
  problem?: string;
  held: string | null;
  change: AuthFieldsProps['change'];
}

function AccessToken({ form, problem, held, change }: AccessTokenProps) {
  if (form.accessToken !== null)
    return (
      <div>
        <SecretInput
          label="Access token"
          value={form.accessToken}
          isStored={false}
          problem={problem}
          hint="A token that you got elsewhere. It is used as it is, and cannot be renewed."
          onChange={(accessToken) => change({ accessToken })}
        />
        <button type="button" className={classes.link} onClick={() => change({ accessToken: null })}>
          Get it by signing in
        </button>
      </div>
    );
  return (
    <Labelled
      label="Access token"
      aside={
        <button type="button" className={classes.link} onClick={() => change({ accessToken: '' })}>
          Paste a token instead
        </button>
      }
    >
      {({ id }) => (
        <input
          id={id}
          readOnly
          className={controls.input}
          data-mono
          data-stored
          value={held === null ? '' : `••••••••${held}`}
          placeholder="Got by signing in"
        />
      )}
    </Labelled>
  );
}

function ExtraParameters({ form, problem, change }: Omit<AccessTokenProps, 'held'>) {
  const set = (at: number, part: object) =>
    change({ extra: form.extra.map((pair, index) => (index === at ? { ...pair, ...part } : pair)) });
  return (
    <div role="group" aria-label="Extra authorization parameters" className={classes.extra}>
      <p className={classes.extraTitle}>Extra authorization parameters</p>
      {form.extra.map((pair, at) => (
        <div key={at} className={classes.extraRow}>
          <input
            aria-label={`Name of parameter ${at + 1}`}
            className={controls.input}
            data-mono
            placeholder="prompt"
            value={pair.key}
            onChange={(event) => set(at, { key: event.currentTarget.value })}
          />
          <input
            aria-label={`Value of parameter ${at + 1}`}
            className={controls.input}
            data-mono
            placeholder="consent"
            value={pair.value}
            onChange={(event) => set(at, { value: event.currentTarget.value })}
          />
          <IconButton
            label={`Remove parameter ${at + 1}`}
            icon={<IconTrash size={15} stroke={1.7} />}
            onClick={() => change({ extra: form.extra.filter((_, index) => index !== at) })}
          />
        </div>
      ))}
      {problem && <p className={controls.problem}>{problem}</p>}
      <Button
        small
        icon={<IconPlus size={14} stroke={1.7} />}
        onClick={() => change({ extra: [...form.extra, { key: '', value: '' }] })}
      >
        Add a parameter
      </Button>
    </div>
  );
}
