import { useEffect, useState } from 'react';
import { announce } from './announce.js';
import { Button, IconButton } from './button.js';
import { IconCheck, IconCopy } from './icons.js';
import { useShortcut } from './shortcuts.js';

interface CopyButtonProps {
  /** Asked for when it is needed where it is not at hand. */
  text: string | (() => Promise<string>);
  /** What is copied, for the name of the button: `Copy run id`. */
  label: string;
  /** Shows words as well as the icon: these, or "Copy". */
  wide?: boolean | string;
  /** A single key that does the same. */
  shortcut?: string;
}

export function CopyButton({ text, label, wide, shortcut = NO_KEY }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      const done = await writeClipboard(typeof text === 'string' ? text : await text());
      setCopied(done);
      announce(done ? 'Copied' : 'The browser does not allow copying here');
    } catch {
      announce('Not copied: the server did not give it');
    }
  };
  useShortcut(shortcut, () => void copy());
  const icon = copied ? <IconCheck size={15} stroke={1.7} /> : <IconCopy size={15} stroke={1.7} />;
  if (!wide) return <IconButton label={label} icon={icon} onClick={copy} />;
  return (
    <Button icon={icon} onClick={copy} title={label}>
      {copied ? 'Copied' : wide === true ? 'Copy' : wide}
    </Button>
  );
}

/** No key has an empty name. */
const NO_KEY = '';

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The clipboard API exists only on https and localhost; a server on a plain address in a LAN needs the old way. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'sr-only';
  document.body.append(field);
  const had = document.activeElement;
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (had instanceof HTMLElement) had.focus();
  return done;
}
