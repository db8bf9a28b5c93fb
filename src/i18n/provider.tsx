import {
  createContext,
  use,
  useCallback,
  useContext,
  useEffect,
  useSyncExternalStore,
} from 'react';
import type { ReactNode } from 'react';
import { locale, onSettings, settings, type Locale, type Settings } from '#lib/settings.ts';
import type { Catalogue } from './catalogue.ts';
import type { Values } from './format.ts';
import { fetchTexts, scopeOf, say } from './language.ts';

const SettingsContext = createContext(settings());

/** Draws everything below it anew when a setting changes, the texts of the language being there. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const chosen = useSyncExternalStore(onSettings, settings, settings);
  const first = fetchTexts(locale(chosen), false);
  if (first) use(first);
  // While one reads the first page: then no other page waits for its texts.
  useEffect(() => void fetchTexts(locale(chosen), true), [chosen]);
  return <SettingsContext value={chosen}>{children}</SettingsContext>;
}

/** What was chosen for this browser. */
export const useSettings = (): Settings => useContext(SettingsContext);

/** The language in use, BCP 47, for `Intl`. */
export function useLocale(): Locale {
  return locale(useContext(SettingsContext));
}

/**
 * Suspends until the texts of a catalogue are there. What is used must not depend on what is there
 * already: React repeats a suspended render with the same hooks.
 */
function useTexts(catalogue: Catalogue<string>, language: Locale): void {
  const first = fetchTexts(language, false);
  if (!first || scopeOf(catalogue) in use(first)) return;
  const rest = fetchTexts(language, true);
  if (rest) use(rest);
}

export type Translate<Id extends string> = (id: Id, values?: Values) => string;

/**
 * The translate function of one catalogue in the language in use; another function after a setting
 * changed. Suspends while the texts are fetched; what they lack is shown in English.
 */
export function useMessages<Id extends string>(catalogue: Catalogue<Id>): Translate<Id> {
  const chosen = useContext(SettingsContext);
  useTexts(catalogue, locale(chosen));
  return useCallback((id, values) => say(catalogue, id, values, chosen), [catalogue, chosen]);
}
