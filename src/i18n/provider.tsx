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
import { awaited, fetchTexts, say } from './language.ts';

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

export type Translate<Id extends string> = (id: Id, values?: Values) => string;

/**
 * The translate function of one catalogue in the language in use; another function after a setting
 * changed. Suspends while the texts are fetched; what they lack is shown in English.
 */
export function useMessages<Id extends string>(catalogue: Catalogue<Id>): Translate<Id> {
  const chosen = useContext(SettingsContext);
  const waiting = awaited(catalogue, locale(chosen));
  if (waiting) use(waiting);
  return useCallback((id, values) => say(catalogue, id, values, chosen), [catalogue, chosen]);
}
