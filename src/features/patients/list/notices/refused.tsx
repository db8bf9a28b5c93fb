import { useEffect, useMemo, type RefObject } from 'react';
import { Invalid, NotSupported } from '#fhir/errors.ts';
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
  /** There where the request was to be sorted. */
  onUnsort: (() => void) | undefined;
}

/**
 * A search without an answer, or one that the server refused. Some servers list nobody without criteria, and say so in their
 * own words: then it says what to give, and the search box has the focus. Others take each parameter
 * once, with one value: they are asked again in that form before anything is said.
 */
export function Refused({ error, onRetry, criteria, onFind, inputRef, onUnsort }: RefusedProps) {
  const t = useMessages(messages);
  const term = useTerm();
  const locale = useLocale();
  const refused = error instanceof Invalid || error instanceof NotSupported;
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
    // It was refused for what was typed, and for nothing else.
    if (!instead.asked) searchPlainly();
    onFind(instead);
  }, [instead, onFind]);

  if (instead) return null;

  // In the middle of a sentence; German writes nouns with a capital everywhere.
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
    // In the form of before: it may have been the filters that were refused.
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
