import { useState } from 'react';
import type { HookVerification } from '../../../api/types.js';
import { Select, TextInput } from '../../../ui/controls.js';
import http from '../panel/http-form.module.css';

type Texts = Record<'header' | 'prefix' | 'signedContent' | 'timestampHeader' | 'idHeader', string>;

interface HmacFieldsProps {
  verification: HookVerification;
  readOnly: boolean;
  set: (change: Partial<HookVerification>, merge?: string) => void;
}

/** How any sender signs. What does not fit together yet stays in the fields, and out of the draft. */
export function HmacFields({ verification, readOnly, set }: HmacFieldsProps) {
  const [texts, setTexts] = useState(() => textsOf(verification));
  const [shown, setShown] = useState(verification);
  if (shown !== verification) {
    setShown(verification);
    const now = textsOf(verification);
    if (JSON.stringify(changeOf(texts)) !== JSON.stringify(changeOf(now))) setTexts(now);
  }
  const problems = problemsOf(texts);
  const put = (part: Partial<Texts>) => {
    const next = { ...texts, ...part };
    setTexts(next);
    if (Object.keys(problemsOf(next)).length === 0) set(changeOf(next), 'hmac');
  };
  const field = (name: keyof Texts) => ({
    mono: true,
    spellCheck: false,
    readOnly,
    value: texts[name],
    problem: problems[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => put({ [name]: event.currentTarget.value }),
  });
  return (
    <div className={http.grid}>
      <TextInput label="Header with the signature" required maxLength={100} {...field('header')} />
      <TextInput
        label="Before the signature"
        maxLength={50}
        placeholder="sha256="
        hint="What the header holds in front of it; empty: nothing."
        {...field('prefix')}
      />
      <Select
        label="Algorithm"
        value={verification.algorithm}
        disabled={readOnly}
        onChange={(event) => set({ algorithm: event.currentTarget.value as HookVerification['algorithm'] })}
      >
        {['sha256', 'sha512', 'sha384', 'sha1'].map((each) => (
          <option key={each} value={each}>
            HMAC-{each.toUpperCase()}
          </option>
        ))}
      </Select>
      <Select
        label="Written as"
        value={verification.encoding}
        disabled={readOnly}
        onChange={(event) => set({ encoding: event.currentTarget.value as HookVerification['encoding'] })}
      >
        <option value="hex">hex</option>
        <option value="base64">base64</option>
        <option value="base64url">base64url</option>
      </Select>
      <TextInput
        label="What is signed"
        required
        maxLength={200}
        hint="{body}, and {timestamp} or {id} where the sender signs them too: {timestamp}.{body}"
        {...field('signedContent')}
      />
      {texts.signedContent.includes('{timestamp}') && (
        <TextInput label="Header with the time" required maxLength={100} {...field('timestampHeader')} />
      )}
      {texts.signedContent.includes('{id}') && (
        <TextInput label="Header with the id" required maxLength={100} {...field('idHeader')} />
      )}
    </div>
  );
}

const textsOf = (verification: HookVerification): Texts => ({
  header: verification.header,
  prefix: verification.prefix,
  signedContent: verification.signedContent,
  timestampHeader: verification.timestampHeader ?? '',
  idHeader: verification.idHeader ?? '',
});

const changeOf = (texts: Texts): Partial<HookVerification> => ({
  header: texts.header,
  prefix: texts.prefix,
  signedContent: texts.signedContent,
  timestampHeader: texts.signedContent.includes('{timestamp}') ? texts.timestampHeader : null,
  idHeader: texts.signedContent.includes('{id}') ? texts.idHeader : null,
});

/** RFC 9110, 5.6.2. */
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VISIBLE = /^[\x20-\x7e]*$/;

function problemsOf(texts: Texts): Partial<Texts> {
  const problems: Partial<Texts> = {};
  const noHeader = 'Give the name of a header.';
  if (!HEADER.test(texts.header)) problems.header = noHeader;
  if (!VISIBLE.test(texts.prefix)) problems.prefix = 'Only visible ASCII characters.';
  if (!texts.signedContent.includes('{body}')) problems.signedContent = 'It must hold {body}.';
  else if (!VISIBLE.test(texts.signedContent)) problems.signedContent = 'Only visible ASCII characters.';
  if (texts.signedContent.includes('{timestamp}') && !HEADER.test(texts.timestampHeader))
    problems.timestampHeader = noHeader;
  if (texts.signedContent.includes('{id}') && !HEADER.test(texts.idHeader)) problems.idHeader = noHeader;
  return problems;
}
