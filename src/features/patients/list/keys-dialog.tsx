import { useMessages } from '#i18n/provider.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { CheckboxField } from '#ui/field.tsx';
import { messages } from './messages.ts';
import { setShortcuts, useShortcutsOn } from './shortcuts.ts';
import styles from './list.module.css';

const KEYS = [
  ['/', 'keySearch'],
  ['n', 'keyNext'],
  ['p', 'keyPrevious'],
  ['?', 'keyHelp'],
] as const;

export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useMessages(messages);
  const on = useShortcutsOn();
  return (
    <Dialog open={open} onClose={onClose} title={t('keys')}>
      <dl className={styles.keys}>
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <CheckboxField
        label={t('keysOn')}
        hint={t('keysDo')}
        checked={on}
        onChange={(event) => setShortcuts(event.target.checked)}
      />
    </Dialog>
  );
}
