import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from './announcer.tsx';
import { Button } from './button.tsx';
import { messages } from './messages.ts';

/** Copies a text when pressed, and says whether it worked. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = false;
    }
    setCopied(done);
    announce(t(done ? 'copied' : 'copyFailed'));
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button variant="quiet" icon={copied ? 'check' : 'copy'} onClick={copy}>
      {label ?? t('copy')}
    </Button>
  );
}
