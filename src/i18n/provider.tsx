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

/** Re-renders its children when a setting changes, once the messages of the language are loaded. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const chosen = useSyncExternalStore(onSettings, settings, settings);
  const first = fetchTexts(locale(chosen), false);
  if (first) use(first);
  // Load the rest while the user reads the first page, so that other pages do not wait for it.
  useEffect(() => void fetchTexts(locale(chosen), true), [chosen]);
  return <SettingsContext value={chosen}>{children}</SettingsContext>;
}

/** Returns the settings of this browser. */
export const useSettings = (): Settings => useContext(SettingsContext);

/** Returns the current language for `Intl`, BCP 47. */
export function useLocale(): Locale {
  return locale(useContext(SettingsContext));
}

/**
 * Suspends until the messages of a catalogue are loaded. Calls the same hooks whether or not they
 * are loaded, because React repeats a suspended render with the same hooks.
 */
function useTexts(catalogue: Catalogue<string>, language: Locale): void {
  const first = fetchTexts(language, false);
  if (!first || scopeOf(catalogue) in use(first)) return;
  const rest = fetchTexts(language, true);
  if (rest) use(rest);
}

export type Translate<Id extends string> = (id: Id, values?: Values) => string;

/**
 * Returns the translate function of a catalogue in the current language; a new function after a
 * change of settings. Suspends while messages are loading. Missing messages are shown in English.
 */
export function useMessages<Id extends string>(catalogue: Catalogue<Id>): Translate<Id> {
  const chosen = useContext(SettingsContext);
  useTexts(catalogue, locale(chosen));
  return useCallback((id, values) => say(catalogue, id, values, chosen), [catalogue, chosen]);
}
