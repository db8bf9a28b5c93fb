import { useMessages } from '#i18n/provider.tsx';
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
  /** Whether the single-key shortcuts are on. */
  on: boolean;
  onTurn: (on: boolean) => void;
  onClose: () => void;
  /** Whether the list is shown to choose a patient for another program. */
  choosing: boolean;
}

/** Dialog that lists the keyboard shortcuts, with a switch to turn them off. */
export function KeysDialog({ on, onTurn, onClose, choosing }: KeysDialogProps) {
  const t = useMessages(messages);
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
        checked={on}
        onChange={(event) => onTurn(event.target.checked)}
      />
    </Dialog>
  );
}
