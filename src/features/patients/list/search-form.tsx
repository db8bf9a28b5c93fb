import {
  memo,
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
import { TextField } from '#ui/field/field.tsx';
import { lazyPart } from '#ui/states/lazy-part.tsx';
import { PlainMissing } from '#ui/dialog/plain-missing.tsx';
import { sameCriteria, tidy, type Criteria } from './query/criteria.ts';
import { fetchLater } from './fetch-later.ts';
import { messages } from './messages.ts';
import type { BoxReadings } from './readings/read-box.ts';
import { usePace } from './use-pace.ts';
import styles from './list.module.css';

const FilterPanel = lazyPart(
  async () => (await import('./filters/filter-panel.tsx')).FilterPanel,
  PlainMissing,
);
const Readings = lazyPart(
  async () => (await import('./readings/readings.tsx')).Readings,
  PlainMissing,
);
const Recent = lazyPart(
  async () => (await fetchLater()).Recent,
  () => null,
);

const readBox = async (criteria: Criteria): Promise<BoxReadings | undefined> =>
  criteria.text ? (await fetchLater()).readBox(criteria) : undefined;
const readFilters = async (filters: Criteria['filters']) =>
  (await import('./filters/filter-params.ts')).readFilters(filters ?? {});

export interface SearchFormProps {
  criteria: Criteria;
  onFind: (criteria: Criteria) => void;
  /** Called with true while no rows match the box: its text is ambiguous or could not be read. */
  onAsk: (asks: boolean) => void;
  inputRef: RefObject<HTMLInputElement | null>;
  /** True once the first list has arrived, so that code for later may load. */
  settled: boolean;
}

/** The search box, which searches while the user types, and the filters, applied along with it. */
export const SearchForm = memo(function SearchForm({
  criteria,
  onFind,
  onAsk,
  inputRef,
  settled,
}: SearchFormProps) {
  const t = useMessages(messages);
  const filtersId = useId();
  const [draft, setDraft] = useState(criteria);
  const [box, setBox] = useState<BoxReadings>();
  /** Repeats an action whose code failed to load; `nth` identifies the failure. */
  const [again, setAgain] = useState<{ nth: number; onRetry: () => void }>();
  const [open, setOpen] = useState(criteria.filters !== undefined);
  const [attempts, setAttempts] = useState(0);
  const sent = useRef(criteria);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pace = usePace();

  // Loads the code that reads the box and shows errors before the user types or the network fails.
  // Running it once compiles it, so that the first search does not wait for that.
  useEffect(() => {
    if (settled) void readBox({ text: 'a' }).catch(() => undefined);
  }, [settled]);

  /** Reads the box; the result is dropped if a newer read has started. */
  const understand = useCallback(
    async function read(
      wanted: Criteria,
      then?: (box: BoxReadings | undefined) => void,
    ): Promise<void> {
      turn.current += 1;
      const mine = turn.current;
      const found = await readBox(wanted).catch(() => null);
      if (mine !== turn.current) return;
      // Without a reading nothing is searched, and the rows of an earlier search are hidden.
      setAgain(found === null ? { nth: mine, onRetry: () => void read(wanted, then) } : undefined);
      onAsk(found === null || found?.ask === true);
      if (found === null) return;
      setBox(found);
      then?.(found);
    },
    [onAsk],
  );

  // Back and Forward change the criteria from outside, so the form must show them.
  useEffect(() => {
    if (criteria === sent.current) return;
    const same = sameCriteria(criteria, sent.current);
    sent.current = criteria;
    if (same) return;
    // oxlint-disable-next-line react/set-state-in-effect -- the browser's history is outside of React
    setDraft(criteria);
    void understand(criteria);
  }, [criteria, understand]);
  useEffect(() => {
    void understand(sent.current);
  }, [understand]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const send = useCallback(
    (wanted: Criteria) => {
      const next = tidy(wanted);
      void understand(next, (found) => {
        // The user must choose the meaning of an ambiguous date before anything is searched.
        if (found?.ask || sameCriteria(next, sent.current)) return;
        const { read: _, ...rest } = next;
        const params = found?.chosen?.params;
        sent.current = { ...rest, ...(params && { read: params }) };
        onFind(sent.current);
      });
    },
    [onFind, understand],
  );

  /** @param said whether to report invalid filters; if not, the applied filters stay in force */
  const sendAll = async (wanted: Criteria, said: boolean): Promise<void> => {
    clearTimeout(timer.current);
    if (!wanted.filters) return send(wanted);
    turn.current += 1;
    const mine = turn.current;
    const read = await readFilters(wanted.filters).catch(() => undefined);
    if (mine !== turn.current) return; // the user cleared the form or typed on
    setAgain(read ? undefined : { nth: mine, onRetry: () => void sendAll(wanted, said) });
    if (!read) return onAsk(true);
    const { params, wrong } = read;
    if (said) setAttempts((n) => n + 1);
    if (wrong.length === 0) send({ ...wanted, asked: params });
    else if (said) {
      setOpen(true);
      onAsk(box?.ask === true); // shows the rows again that a failed load had hidden
    } else send({ ...sent.current, as: wanted.as ?? '', text: wanted.text ?? '' });
  };

  const type = (text: string): void => {
    const wanted = { ...draft, as: '', text };
    setDraft(wanted);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void sendAll(wanted, false), pace());
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void sendAll(draft, true);
  };
  const clear = (): void => {
    setDraft({});
    setAttempts(0);
    void sendAll({}, false);
    inputRef.current?.focus();
  };
  const choose = (as: string): void => {
    setDraft({ ...draft, as });
    void sendAll({ ...draft, as }, false);
    inputRef.current?.focus();
  };

  const inForce = Object.keys(criteria.asked ?? {}).length;
  // The reading is shown only if it is not obvious, as it is for a lone name.
  const plain = box?.chosen?.kinds.join() === 'name' && box.others.length === 0;
  const remarkable = box !== undefined && (box.ask || (box.chosen !== undefined && !plain));

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
            {settled && (
              <Suspense>
                <Recent hidden={Boolean(draft.text)} />
              </Suspense>
            )}
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
            {inForce > 0 && ` (${inForce})`}
          </Button>
        </div>
        <div role="status">
          <Suspense>{remarkable && <Readings box={box} onChoose={choose} />}</Suspense>
        </div>
        {/* A new key for each failure, so that a repeated message is announced again. */}
        {again && <PlainMissing key={again.nth} onRetry={again.onRetry} />}
        <div id={filtersId} hidden={!open}>
          <Suspense>
            {open && (
              <FilterPanel
                values={draft.filters ?? {}}
                inForce={inForce ? criteria.filters : undefined}
                onChange={(filters) => setDraft((now) => ({ ...now, filters }))}
                attempts={attempts}
              />
            )}
          </Suspense>
        </div>
      </form>
    </search>
  );
});
