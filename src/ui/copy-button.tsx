import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from './announcer.tsx';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';
import { messages } from './messages.ts';

interface CopyButtonProps {
  text: string;
  label?: string;
  /** Accessible name of a button with an icon only. */
  name?: string;
}

/** Copies a text when pressed and announces whether that succeeded. */
export function CopyButton({ text, label, name }: CopyButtonProps) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const [icon, setIcon] = useState<IconName>('copy');
  const copy = async (): Promise<void> => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = false;
    }
    setIcon(done ? 'check' : 'warning');
    announce(t(done ? 'copied' : 'copyFailed'));
    setTimeout(() => setIcon('copy'), 2000);
  };
  return (
    <Button variant="quiet" icon={icon} aria-label={name} title={name} onClick={copy}>
      {name === undefined && (label ?? t('copy'))}
    </Button>
  );
}
