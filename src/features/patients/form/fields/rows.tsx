import { useRef, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Fieldset } from '#ui/field/field-group.tsx';
import { messages } from '../messages.ts';
import styles from '../form.module.css';

/** A list of rows, each a named group with a remove button, followed by a button to add a row. */
export function Rows({
  rows,
  legend,
  add,
  onAdd,
  onRemove,
  first = 0,
  children,
}: {
  rows: readonly { readonly id: string }[];
  /** Returns the name of a row. @param n row number, starting at 1 */
  legend: (n: number) => string;
  add: string;
  onAdd: () => void;
  onRemove: (at: number) => void;
  /** Index of the first row to show; earlier rows are shown elsewhere. */
  first?: number;
  children: (at: number) => ReactNode;
}) {
  const t = useMessages(messages);
  const addButton = useRef<HTMLButtonElement>(null);
  return (
    <div className={styles.rows}>
      {rows.map((row, at) =>
        at < first ? null : (
          <Fieldset key={row.id} legend={legend(at - first + 1)} row>
            {children(at)}
            <div className={styles.remove}>
              <Button
                variant="quiet"
                icon="close"
                onClick={() => {
                  onRemove(at);
                  addButton.current?.focus(); // the focused button is removed
                }}
              >
                {t('remove')}
                <span className="visually-hidden"> {legend(at - first + 1)}</span>
              </Button>
            </div>
          </Fieldset>
        ),
      )}
      <div>
        <Button ref={addButton} variant="quiet" icon="add" onClick={onAdd}>
          {add}
        </Button>
      </div>
    </div>
  );
}
