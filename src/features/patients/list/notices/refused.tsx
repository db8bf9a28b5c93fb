import { useEffect, useMemo, type RefObject } from 'react';
import { refusesSearch } from '#fhir/errors.ts';
import { needsMore } from '#fhir/search/needs-more.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import type { Criteria } from '../query/criteria.ts';
import { plainer, readBox, searchPlainly } from '../readings/read-box.ts';
import { useTerm } from '../terms/terms.ts';
import { messages } from './messages.ts';

export interface RefusedProps {
  error: unknown;
  onRetry: () => void;
  criteria: Criteria;
  onFind: (criteria: Criteria) => void;
  inputRef: RefObject<HTMLInputElement | null>;
  /** Repeats the search without a sort; undefined if no sort was requested. */
  onUnsort: (() => void) | undefined;
}

/**
 * Shows why a search failed or was refused. Some servers list no patients without criteria: then it
 * tells what to enter and focuses the search box. Other servers accept each parameter once and with
 * one value: then the search is repeated in that form before any error is shown.
 */
export function Refused({ error, onRetry, criteria, onFind, inputRef, onUnsort }: RefusedProps) {
  const t = useMessages(messages);
  const term = useTerm();
  const locale = useLocale();
  const refused = refusesSearch(error);
  const given = Boolean(criteria.text ?? criteria.asked);
  const unsorted = onUnsort === undefined;
  const instead = useMemo(
    () => (refused && unsorted ? plainer(criteria) : undefined),
    [refused, unsorted, criteria],
  );
  const wanted = useMemo(
    () => (refused && !instead ? needsMore(error) : undefined),
    [refused, instead, error],
  );
  useEffect(() => {
    if (wanted) inputRef.current?.focus();
  }, [wanted, inputRef]);
  useEffect(() => {
    if (!instead) return;
    // Without filters, the typed text caused the refusal: later searches start in plain form.
    if (!instead.asked) searchPlainly();
    onFind(instead);
  }, [instead, onFind]);

  if (instead) return null;

  // Lower case within a sentence, except in German, which capitalises all nouns.
  const word = (param: string) => (locale === 'de' ? term(param) : term(param).toLowerCase());
  const what = wanted?.params.map(word) ?? [];
  const title = !wanted
    ? undefined
    : given && !wanted.tooMany
      ? t('needsOther')
      : given && what.length === 0
        ? t('needsNarrower')
        : t('needsMore', { what: what.length > 0 ? what.join(t('or')) : t('needsDefault') });
  const unfilter = (): void => {
    // Restores the usual reading of the box, because the filters may have caused the refusal.
    const { chosen } = readBox(criteria);
    onFind({ ...criteria, ...(chosen && { read: chosen.params }), asked: {} });
  };
  return (
    <ErrorAlert
      error={error}
      title={title}
      onRetry={onRetry}
      actions={
        refused &&
        !wanted && (
          <>
            {onUnsort && <Button onClick={onUnsort}>{t('withoutSort')}</Button>}
            {criteria.asked && <Button onClick={unfilter}>{t('withoutFilters')}</Button>}
          </>
        )
      }
    />
  );
}
