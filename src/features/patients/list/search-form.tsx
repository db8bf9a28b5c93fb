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
import { readBox, readingKey, sameCriteria, tidy, type Criteria } from './criteria.ts';
import { messages } from './messages.ts';
import styles from './list.module.css';

const FilterPanel = lazy(async () => ({
  default: (await import('./filters/filter-panel.tsx')).FilterPanel,
}));
const Readings = lazy(async () => ({
  default: (await import('./readings/readings.tsx')).Readings,
}));
const Recent = lazy(async () => ({ default: (await import('./recent/recent.tsx')).Recent }));

const readFilters = async (filters: Criteria['filters']) =>
  (await import('./filters/filter-params.ts')).readFilters(filters ?? {});

/** A pause in typing that is long enough to ask the server. In milliseconds. */
const PAUSE = 200;

export interface SearchFormProps {
  criteria: Criteria;
  onFind: (criteria: Criteria) => void;
  inputRef: RefObject<HTMLInputElement | null>;
  /** The first list is there: what may come later may be fetched now. */
  listed: boolean;
}

/** The search box, which searches as one types, and the filters, which wait for "Search". */
export function SearchForm({ criteria, onFind, inputRef, listed }: SearchFormProps) {
  const t = useMessages(messages);
  const filtersId = useId();
  const [draft, setDraft] = useState(criteria);
  const [paused, setPaused] = useState(criteria);
  const [open, setOpen] = useState(criteria.filters !== undefined);
  const [attempts, setAttempts] = useState(0);
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
    setDraft({ ...draft, as: '', text });
    clearTimeout(timer.current);
    // Filters that were not sent yet stay so: only the box searches by itself.
    timer.current = setTimeout(() => send({ ...sent.current, as: '', text }), PAUSE);
  };

  const search = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (!draft.filters) return send(draft);
    const { params, wrong } = await readFilters(draft.filters);
    setAttempts((n) => n + 1);
    if (wrong.length > 0) setOpen(true);
    else send({ ...draft, asked: params });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void search();
  };
  const clear = (): void => {
    setDraft({});
    setAttempts(0);
    send({});
    inputRef.current?.focus();
  };
  const choose = (as: string): void => {
    setDraft({ ...draft, as });
    send({ ...sent.current, text: draft.text ?? '', as });
    inputRef.current?.focus();
  };

  // Said only where it is not plain: a lone name needs no words.
  const box = readBox(paused);
  const plain = box.chosen?.kinds.join() === 'name' && box.others.length === 0;
  const remarkable = box.ask || (box.chosen !== undefined && !plain);

  return (
    <search className={styles.search}>
      <form onSubmit={submit}>
        <div className={styles.box}>
          <div className={styles.input}>
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
            <Suspense>{listed && <Recent hidden={Boolean(draft.text)} />}</Suspense>
          </div>
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
        <div role="status">
          <Suspense>
            {remarkable && <Readings box={box} keyOf={readingKey} onChoose={choose} />}
          </Suspense>
        </div>
        <div id={filtersId} hidden={!open}>
          <Suspense>
            {open && (
              <FilterPanel
                values={draft.filters ?? {}}
                onChange={(filters) => setDraft((now) => ({ ...now, filters }))}
                attempts={attempts}
              />
            )}
          </Suspense>
        </div>
      </form>
    </search>
  );
}
