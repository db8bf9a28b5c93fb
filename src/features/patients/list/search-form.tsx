import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type FormEvent,
  type RefObject,
} from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { TextField } from '#ui/field.tsx';
import { FILTERS, fieldDate, readBox, sameCriteria, tidy, type Criteria } from './criteria.ts';
import { messages } from './messages.ts';
import { Readings } from './readings.tsx';
import styles from './list.module.css';

const Filters = lazy(async () => ({ default: (await import('./filters.tsx')).Filters }));

/** A pause in typing that is long enough to ask the server. In milliseconds. */
const PAUSE = 200;

export interface SearchFormProps {
  criteria: Criteria;
  onFind: (criteria: Criteria) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** The search box, which searches as one types, and the filters, which wait for "Search". */
export function SearchForm({ criteria, onFind, inputRef }: SearchFormProps) {
  const t = useMessages(messages);
  const filtersId = useId();
  const [draft, setDraft] = useState(criteria);
  const [paused, setPaused] = useState(criteria);
  const [open, setOpen] = useState(() => FILTERS.some((key) => criteria[key]));
  const [checked, setChecked] = useState(false);
  const sent = useRef(criteria);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back and forward change the criteria from outside: show what is in force.
  useEffect(() => {
    if (sameCriteria(criteria, sent.current)) return;
    sent.current = criteria;
    setDraft(criteria);
    setPaused(criteria);
  }, [criteria]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const send = useCallback(
    (wanted: Criteria) => {
      clearTimeout(timer.current);
      const next = tidy(wanted);
      setPaused(next);
      // A date with two meanings is asked back before anything is searched.
      if (readBox(next).ask || sameCriteria(next, sent.current)) return;
      sent.current = next;
      onFind(next);
    },
    [onFind],
  );

  const type = (text: string): void => {
    const { as: _, ...rest } = draft;
    setDraft({ ...rest, text });
    clearTimeout(timer.current);
    // Filters that were not sent yet stay so: only the box searches by itself.
    timer.current = setTimeout(() => send({ ...sent.current, as: '', text }), PAUSE);
  };

  const dateWrong = Boolean(draft.birthDate) && fieldDate(draft.birthDate) === undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (!dateWrong) send(draft);
  };
  const clear = (): void => {
    setDraft({});
    setChecked(false);
    send({});
    inputRef.current?.focus();
  };
  const choose = (as: string): void => {
    setDraft({ ...draft, as });
    send({ ...sent.current, text: draft.text ?? '', as });
    inputRef.current?.focus();
  };

  return (
    <search className={styles.search}>
      <form onSubmit={submit}>
        <div className={styles.box}>
          <TextField
            ref={inputRef}
            label={t('searchPatients')}
            placeholder={t('searchPlaceholder')}
            value={draft.text ?? ''}
            onChange={(event) => type(event.target.value)}
            spellCheck={false}
            autoCapitalize="off"
            enterKeyHint="search"
            maxLength={200}
            wide
          />
          <Button type="submit" variant="primary" icon="search">
            {t('search')}
          </Button>
          <Button onClick={clear}>{t('clear')}</Button>
          <Button
            icon="filter"
            aria-expanded={open}
            aria-controls={filtersId}
            onClick={() => setOpen(!open)}
          >
            {t('moreFilters')}
          </Button>
        </div>
        <Readings criteria={paused} onChoose={choose} />
        <div id={filtersId} hidden={!open}>
          <Suspense>
            {open && <Filters draft={draft} onChange={setDraft} checked={checked} />}
          </Suspense>
        </div>
      </form>
    </search>
  );
}
