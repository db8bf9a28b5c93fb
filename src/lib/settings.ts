/**
 * The user's settings in this browser. They outlast the session, so they must not hold anything
 * about a patient or the user. This module has no imports because it runs before the first paint.
 */

/** The languages that the user can choose. */
export const LANGUAGES = ['en', 'de', 'el', 'he'] as const;

/** BCP 47 tag. `en-XA` is the pseudo-language that reveals untranslated text; only tests use it. */
export type Locale = (typeof LANGUAGES)[number] | 'en-XA';

/** Optional columns of the patient list; the name before and the status after are always shown. */
export const LIST_COLUMNS = [
  'birthDate',
  'gender',
  'identifiers',
  'phone',
  'email',
  'address',
  'language',
  'updated',
  'id',
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];
export const USUAL_COLUMNS: readonly ListColumn[] = /* @__PURE__ */ LIST_COLUMNS.slice(0, 4);

/** Rows per page that the user can choose. */
export const PAGE_SIZES = [10, 20, 50, 100] as const;
export const USUAL_SIZE = 20;

/** A field is undefined if the user has not chosen a value. */
export interface Settings {
  /** Default: the browser's language, if it has a catalogue. */
  readonly language?: Locale | undefined;
  /** Default: the operating system's theme. */
  readonly theme?: 'light' | 'dark' | 'contrast' | undefined;
  readonly density?: 'compact' | undefined;
  /** `long` shows dates as `14 July 1945` instead of `14-Jul-1945`. */
  readonly dates?: 'long' | undefined;
  readonly pageSize?: number | undefined;
  readonly columns?: readonly ListColumn[] | undefined;
  /** Single keys as shortcuts, which speech input may trigger (WCAG 2.2, 2.1.4). */
  readonly singleKeys?: 'off' | undefined;
}

/** Storage key. It contains the app's path because other apps on the origin share the storage. */
const key = (): string => `${import.meta.env.BASE_URL}pb.settings`;
const listeners = new Set<() => void>();

function read(): Settings {
  try {
    // Not validated further: only this app and the user of this browser can write here.
    const { columns, pageSize, ...kept }: Settings = JSON.parse(localStorage.getItem(key()) ?? '');
    return {
      ...kept,
      ...(Array.isArray(columns) && { columns }),
      ...(PAGE_SIZES.some((size) => size === pageSize) && { pageSize }),
    };
  } catch {
    return {}; // nothing stored, or storage is blocked and settings last until the page is left
  }
}

let now = read();
let language: Locale | undefined;

/** Returns the current settings; the same object until one of them changes. */
export const settings = (): Settings => now;

/** Calls `listener` after each change of the settings, until the returned function is called. */
export function onSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns the chosen language, else the browser's first one with a catalogue, else English. */
export function locale(of: Settings = now): Locale {
  return of === now ? (language ??= localeOf(now)) : localeOf(of);
}

function localeOf(of: Settings): Locale {
  if (of.language === 'en-XA') return of.language;
  const known: readonly string[] = LANGUAGES;
  // Node also has `navigator`, with the language of the machine that builds or tests.
  const spoken = 'document' in globalThis ? navigator.languages : [];
  const wanted = [of.language, ...spoken].map((tag) => `${tag}`.split('-')[0] ?? '');
  return (wanted.find((tag) => known.includes(tag)) ?? 'en') as Locale;
}

/** Whether a language is written from right to left. */
export const isRightToLeft = (language: string): boolean => language === 'he';

/** Sets language, direction, theme and density on the root element, for the style sheets. */
export function applySettings(): void {
  const { documentElement: root } = document;
  const { theme, density } = now;
  root.lang = locale();
  root.dir = isRightToLeft(root.lang) ? 'rtl' : 'ltr';
  root.dataset['density'] = density ?? '';
  root.dataset['theme'] =
    theme ?? (matchMedia('(prefers-contrast: more)').matches ? 'contrast' : '');
}

/** Returns the columns of the patient list; the same array as long as none are chosen. */
export const listColumns = ({ columns }: Settings = now): readonly ListColumn[] =>
  columns ? LIST_COLUMNS.filter((id) => columns.includes(id)) : USUAL_COLUMNS;

/** Changes settings, stores them in this browser and applies them at once. */
export function changeSettings(change: Settings): void {
  now = { ...now, ...change };
  language = undefined;
  try {
    localStorage.setItem(key(), JSON.stringify(now));
  } catch {
    // Storage is blocked: the settings last until the page is left.
  }
  applySettings();
  for (const listener of listeners) listener();
}
