import { useEffect, useMemo, type RefObject } from 'react';
import { Invalid, NotSupported } from '#fhir/errors.ts';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { useTerm } from '../terms/terms.ts';
import { messages } from './messages.ts';
import { needsMore } from './needs-more.ts';

export interface RefusedProps {
  error: unknown;
  onRetry: () => void;
  /** The search had criteria. */
  given: boolean;
  inputRef: RefObject<HTMLInputElement | null>;
  /** There where the request was to be sorted. */
  onUnsort: (() => void) | undefined;
  /** There where the request had filters. */
  onUnfilter: (() => void) | undefined;
}

/**
 * A search without an answer, or one that the server refused. Some servers list nobody without criteria, and say so in their
 * own words: then it says what to give, and the search box has the focus.
 */
export function Refused({ error, onRetry, given, inputRef, onUnsort, onUnfilter }: RefusedProps) {
  const t = useMessages(messages);
  const term = useTerm();
  const locale = useLocale();
  const refused = error instanceof Invalid || error instanceof NotSupported;
  const wanted = useMemo(
    () => (refused ? needsMore(error, given) : undefined),
    [refused, error, given],
  );
  useEffect(() => {
    if (wanted) inputRef.current?.focus();
  }, [wanted, inputRef]);

  // In the middle of a sentence; German writes nouns with a capital everywhere.
  const word = (param: string) => (locale === 'de' ? term(param) : term(param).toLowerCase());
  const what = wanted?.params.map(word) ?? [];
  const title = !wanted
    ? undefined
    : wanted.narrower && what.length === 0
      ? t('needsNarrower')
      : t('needsMore', { what: what.length > 0 ? what.join(t('or')) : t('needsDefault') });
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
            {onUnfilter && <Button onClick={onUnfilter}>{t('withoutFilters')}</Button>}
          </>
        )
      }
    />
  );
}
