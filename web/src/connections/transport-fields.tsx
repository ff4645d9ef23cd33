import { useState } from 'react';
import type { Connection } from '../api/types.js';
import { Callout } from '../ui/callout.js';
import { Checkbox, Fold, TextArea, TextInput } from '../ui/controls.js';
import { IconAlertTriangleFilled } from '../ui/icons.js';
import { formatExact } from '../ui/time.js';
import type { ConnectionForm, FieldProblems } from './connection-form.js';
import { SecretInput } from './secret-input.js';
import { tlsText, type TransportForm } from './transport-form.js';
import classes from './connections.module.css';

interface TransportFieldsProps {
  form: ConnectionForm;
  problems: FieldProblems;
  stored: Connection | null;
  change: (part: Partial<TransportForm>) => void;
}

/** How calls get where they go: whom they trust, how they show who they are, and the proxy on the way. */
export function TransportFields(props: TransportFieldsProps) {
  const { form, problems } = props;
  const [wasTls] = useState(tlsText(form) !== tlsText({ ...form, ...NOTHING }));
  const [wasProxy] = useState(form.proxyUrl !== '');
  const isWrong = (part: string) => Object.keys(problems).some((field) => field.startsWith(part));
  return (
    <div className={classes.transport}>
      <Fold title="TLS" summary={tlsText(form)} open={wasTls || isWrong('tls')}>
        <TlsFields {...props} />
      </Fold>
      <Fold title="Proxy" summary={form.proxyUrl || 'none'} open={wasProxy || isWrong('proxy')}>
        <ProxyFields {...props} />
      </Fold>
    </div>
  );
}

const NOTHING = { tlsSkipVerify: false, tlsCa: '', tlsCert: '', tlsServername: '' };
const PEM = '-----BEGIN CERTIFICATE-----';

function TlsFields({ form, problems, stored, change }: TransportFieldsProps) {
  const tls = stored?.tls;
  const pem = { mono: true, rows: 3, spellCheck: false, placeholder: PEM, maxLength: 32_768 };
  return (
    <div className={classes.fields}>
      <TextArea
        {...pem}
        label="Trusted authority"
        value={form.tlsCa}
        problem={problems.tlsCa}
        hint={`Certificates in PEM, trusted in place of the public authorities. Empty: the public ones.${endOf(tls?.caExpiresAt)}`}
        onChange={(event) => change({ tlsCa: event.currentTarget.value })}
      />
      <TextArea
        {...pem}
        label="Client certificate"
        value={form.tlsCert}
        problem={problems.tlsCert}
        hint={`In PEM, with those between it and its authority. Shown to the receiver.${endOf(tls?.certExpiresAt)}`}
        onChange={(event) => change({ tlsCert: event.currentTarget.value })}
      />
      {(form.tlsCert !== '' || form.tlsKey !== '') && (
        <>
          <SecretPem form={form} problem={problems.tlsKey} isStored={tls?.key != null} change={change} />
          {form.tlsKey !== null && (
            <SecretInput
              label="Passphrase of the key"
              value={form.tlsPassphrase}
              isStored={false}
              problem={problems.tlsPassphrase}
              hint="Only where the key is encrypted. It is not stored: the key is, sealed."
              onChange={(passphrase) => change({ tlsPassphrase: passphrase ?? '' })}
            />
          )}
        </>
      )}
      <TextInput
        label="Name in the certificate"
        mono
        autoComplete="off"
        spellCheck={false}
        maxLength={253}
        value={form.tlsServername}
        problem={problems.tlsServername}
        hint="Asked for and checked in place of the host of the URL. Empty: that host."
        onChange={(event) => change({ tlsServername: event.currentTarget.value })}
      />
      <Checkbox checked={form.tlsSkipVerify} onChange={(tlsSkipVerify) => change({ tlsSkipVerify })}>
        Take any certificate
      </Checkbox>
      {form.tlsSkipVerify && (
        <Callout tone="er" icon={<IconAlertTriangleFilled size={17} aria-hidden />} title="Nobody checks who answers">
          <p>Whoever is on the way can read and change everything, the sign-in too. Who turned this on is on record.</p>
        </Callout>
      )}
    </div>
  );
}

const endOf = (at: string | null | undefined): string => (at ? ` The stored one ends ${formatExact(at)}.` : '');

interface SecretPemProps {
  form: ConnectionForm;
  problem: string | undefined;
  isStored: boolean;
  change: TransportFieldsProps['change'];
}

/** A key has several lines; like every secret it goes in and never comes out. */
function SecretPem({ form, problem, isStored, change }: SecretPemProps) {
  const swap = isStored && (
    <button
      type="button"
      className={classes.link}
      onClick={() => change({ tlsKey: form.tlsKey === null ? '' : null, tlsPassphrase: '' })}
    >
      {form.tlsKey === null ? 'Replace' : 'Keep the stored one'}
    </button>
  );
  if (form.tlsKey === null)
    return <TextInput label="Private key" aside={swap} readOnly value="••••••••••••" problem={problem} data-stored />;
  return (
    <TextArea
      label="Private key"
      aside={swap}
      required={form.tlsCert !== ''}
      mono
      rows={3}
      spellCheck={false}
      autoComplete="off"
      maxLength={32_768}
      placeholder="-----BEGIN PRIVATE KEY-----"
      problem={problem}
      hint="Of the client certificate, in PEM. Stored sealed; nobody can read it again."
      value={form.tlsKey}
      onChange={(event) => change({ tlsKey: event.currentTarget.value })}
    />
  );
}

function ProxyFields({ form, problems, stored, change }: TransportFieldsProps) {
  return (
    <div className={classes.fields}>
      <TextInput
        label="Address of the proxy"
        mono
        autoComplete="off"
        spellCheck={false}
        placeholder="http://proxy.example.com:3128"
        value={form.proxyUrl}
        problem={problems.proxyUrl}
        hint="Every call of the connection goes through it, those for tokens too. Empty: none."
        onChange={(event) => change({ proxyUrl: event.currentTarget.value })}
      />
      {form.proxyUrl !== '' && (
        <div className={classes.pair}>
          <TextInput
            label="User name for the proxy"
            mono
            autoComplete="off"
            value={form.proxyUsername}
            problem={problems.proxyUsername}
            onChange={(event) => change({ proxyUsername: event.currentTarget.value })}
          />
          <SecretInput
            label="Password for the proxy"
            value={form.proxyPassword}
            isStored={stored?.proxy?.password != null}
            problem={problems.proxyPassword}
            onChange={(proxyPassword) => change({ proxyPassword })}
          />
        </div>
      )}
    </div>
  );
}
