import { useEffect, useState } from 'react';
import { announce } from './announce.js';
import { Button, IconButton } from './button.js';
import { IconCheck, IconCopy } from './icons.js';

interface CopyButtonProps {
  text: string;
  /** What is copied, for the name of the button: `Copy run id`. */
  label: string;
  /** Shows the words as well as the icon. */
  wide?: boolean;
}

export function CopyButton({ text, label, wide }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const done = await writeClipboard(text);
    setCopied(done);
    announce(done ? 'Copied' : 'The browser does not allow copying here');
  };
  const icon = copied ? <IconCheck size={15} stroke={1.7} /> : <IconCopy size={15} stroke={1.7} />;
  if (!wide) return <IconButton label={label} icon={icon} onClick={copy} />;
  return (
    <Button icon={icon} onClick={copy} title={label}>
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}

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
