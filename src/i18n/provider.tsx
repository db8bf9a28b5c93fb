import { createContext, use, useCallback, useContext, type ReactNode } from 'react';
import type { Catalogue, Locale, Message } from './catalogue.ts';
import { formatMessage, type Values } from './format.ts';

const LocaleContext = createContext<Locale>('en');

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

/** The language in use, BCP 47, for `Intl`. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}

export type Translate<Id extends string> = (id: Id, values?: Values) => string;

const loaded = new WeakMap<object, Map<Locale, Promise<Record<string, Message>>>>();

function fetchMessages(catalogue: Catalogue<string>, locale: Locale) {
  const load = catalogue.load[locale];
  if (!load) return undefined;
  let byLocale = loaded.get(catalogue);
  if (!byLocale) loaded.set(catalogue, (byLocale = new Map()));
  let messages = byLocale.get(locale);
  if (!messages) byLocale.set(locale, (messages = load().then((m) => m.default)));
  return messages;
}

/**
 * The translate function of one catalogue in the language in use. Suspends while a language other
 * than English is fetched; a message that it lacks is shown in English.
 */
export function useMessages<Id extends string>(catalogue: Catalogue<Id>): Translate<Id> {
  const locale = useLocale();
  const fetching = fetchMessages(catalogue, locale);
  const translated = fetching ? use(fetching) : undefined;
  return useCallback(
    (id, values) =>
      formatMessage(translated?.[id] ?? catalogue.en[id], translated?.[id] ? locale : 'en', values),
    [catalogue, locale, translated],
  );
}
