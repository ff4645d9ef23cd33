import { useState } from 'react';
import { CopyButton } from '../../ui/copy-button.js';
import { Segmented } from '../../ui/segmented.js';
import { VERIFY, type Language } from './verify-code.js';
import classes from './subscriptions.module.css';

/** A secret that no later read shows. */
export function SecretOnce({ secret }: { secret: string }) {
  return (
    <>
      <p>It is shown this once. With it the receiver verifies that a call comes from here.</p>
      <div className={classes.secret}>
        <code tabIndex={0}>{secret}</code>
        <CopyButton text={secret} label="Copy the signing secret" wide />
      </div>
      <VerifyCode />
    </>
  );
}

/** How a receiver checks the signature (Standard Webhooks). */
export function VerifyCode() {
  const [language, setLanguage] = useState<Language>('Node');
  return (
    <div className={classes.call}>
      <Segmented
        label="Language"
        value={language}
        onChange={setLanguage}
        options={(Object.keys(VERIFY) as Language[]).map((value) => ({ value, text: value }))}
      />
      <pre tabIndex={0} aria-label={`Verification in ${language}`}>
        {VERIFY[language]}
      </pre>
      <CopyButton text={VERIFY[language]} label="Copy the code" wide />
    </div>
  );
}
