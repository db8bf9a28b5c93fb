import { useMessages, useSettings } from '#i18n/provider.tsx';
import { changeSettings } from '#lib/settings.ts';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { CheckboxField } from '#ui/field/field-group.tsx';
import { messages } from './messages.ts';
import styles from './help.module.css';

const KEYS = [
  ['/', 'keySearch'],
  ['↑ ↓', 'keyRows'],
  ['Enter', 'keyOpen'],
  ['x', 'keySelect'],
  ['n', 'keyNext'],
  ['p', 'keyPrevious'],
  ['?', 'keyHelp'],
] as const;

export interface KeysDialogProps {
  onClose: () => void;
  /** Whether the list is shown to choose a patient for another program. */
  choosing: boolean;
}

/** Dialog that lists the keyboard shortcuts, with a switch to turn them off. */
export function KeysDialog({ onClose, choosing }: KeysDialogProps) {
  const t = useMessages(messages);
  const { singleKeys } = useSettings();
  return (
    <Dialog open onClose={onClose} title={t('keys')}>
      <dl className={styles.keys}>
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(choosing && text === 'keyOpen' ? 'keyChoose' : text)}</dd>
          </div>
        ))}
      </dl>
      <CheckboxField
        label={t('keysOn')}
        hint={t('keysDo')}
        checked={singleKeys !== 'off'}
        onChange={({ target }) =>
          changeSettings({ singleKeys: target.checked ? undefined : 'off' })
        }
      />
    </Dialog>
  );
}
