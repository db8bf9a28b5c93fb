/**
 * What a person chose for this browser. It outlasts the session, so nothing in it may say anything
 * of a patient or of the person. Free of dependencies: it is read before the first paint.
 */

/** The languages that one can choose. */
export const LANGUAGES = ['en', 'de', 'el', 'he'] as const;

/** BCP 47. `en-XA` is the pseudo-language that shows untranslated text; only tests choose it. */
export type Locale = (typeof LANGUAGES)[number] | 'en-XA';

/** Columns of the patient list between the name and the status, which are always there. */
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

/** Rows a page that one can choose. */
export const PAGE_SIZES = [10, 20, 50, 100] as const;
export const USUAL_SIZE = 20;

/** What is not there was not chosen. */
export interface Settings {
  /** Else the browser's, where it has a catalogue. */
  readonly language?: Locale | undefined;
  /** Else the system's. */
  readonly theme?: 'light' | 'dark' | 'contrast' | undefined;
  readonly density?: 'compact' | undefined;
  /** `14 July 1945` instead of `14-Jul-1945`. */
  readonly dates?: 'long' | undefined;
  readonly pageSize?: number | undefined;
  readonly columns?: readonly ListColumn[] | undefined;
}

/** Holds the path of the app: whatever else lies on the origin has settings of its own. */
const key = (): string => `${import.meta.env.BASE_URL}pb.settings`;
const listeners = new Set<() => void>();

function read(): Settings {
  try {
    // Not validated: only this program and the user of this browser write here.
    const { columns, pageSize, ...kept }: Settings = JSON.parse(localStorage.getItem(key()) ?? '');
    return {
      ...kept,
      ...(Array.isArray(columns) && { columns }),
      ...(PAGE_SIZES.some((size) => size === pageSize) && { pageSize }),
    };
  } catch {
    return {}; // nothing chosen, or storage is blocked: then a choice lasts as long as the page
  }
}

let now = read();
let language: Locale | undefined;

/** The choices in force; the same object until one changes. */
export const settings = (): Settings => now;

/** Calls back after each change, until the returned function is called. */
export function onSettings(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language in force: the chosen one, else the first of the browser's that has a catalogue. */
export function locale(of: Settings = now): Locale {
  return of === now ? (language ??= localeOf(now)) : localeOf(of);
}

function localeOf(of: Settings): Locale {
  if (of.language === 'en-XA') return of.language;
  const known: readonly string[] = LANGUAGES;
  // Node has a navigator, too: of the machine that builds or tests.
  const spoken = 'document' in globalThis ? navigator.languages : [];
  const wanted = [of.language, ...spoken].map((tag) => `${tag}`.split('-')[0] ?? '');
  return (wanted.find((tag) => known.includes(tag)) ?? 'en') as Locale;
}

/** Whether a language is written from right to left. */
export const isRightToLeft = (language: string): boolean => language === 'he';

/** Puts language, direction, theme and density on the document, where the style sheets read them. */
export function applySettings(): void {
  const { documentElement: root } = document;
  const { theme, density } = now;
  root.lang = locale();
  root.dir = isRightToLeft(root.lang) ? 'rtl' : 'ltr';
  root.dataset['density'] = density ?? '';
  root.dataset['theme'] =
    theme ?? (matchMedia('(prefers-contrast: more)').matches ? 'contrast' : '');
}

/** The columns of the patient list; the same object while they are the usual ones. */
export const listColumns = ({ columns }: Settings = now): readonly ListColumn[] =>
  columns ? LIST_COLUMNS.filter((id) => columns.includes(id)) : USUAL_COLUMNS;

/** Changes choices, keeps them in this browser and puts them into force at once. */
export function changeSettings(change: Settings): void {
  now = { ...now, ...change };
  language = undefined;
  try {
    localStorage.setItem(key(), JSON.stringify(now));
  } catch {
    // see above
  }
  applySettings();
  for (const listener of listeners) listener();
}
