import { classNames } from './class-names.ts';
import styles from './icon.module.css';

// Paths on a 16 px grid with a stroke of 1.5, crisp at text size. Drawn for this project.
const shapes = {
  add: 'M8 3v10M3 8h10',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  'chevron-down': 'm4 6 4 4 4-4',
  'chevron-left': 'M10 4 6 8l4 4',
  'chevron-right': 'm6 4 4 4-4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  deceased: 'M8 2v12M4.5 5.5h7',
  document: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M6 8h4M6 11h4',
  download: 'M8 2v8m0 0L4.5 6.5M8 10l3.5-3.5M2.5 13.5h11',
  edit: 'm2.5 13.5.8-3.2 7.9-7.9 2.4 2.4-7.9 7.9zM9.5 4l2.4 2.4',
  error: 'M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2zM8 4.8v4M8 11v.4',
  external: 'M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  filter: 'M2 4h12M4.5 8h7M6.5 12h3',
  flask: 'M6 2v4.500l-3.5 7h11L10 6.500V2M5 2h6M4.5 10h7',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.8-4L2.5 5.500M2.5 2v3.500H6M8 5v3.500l2.2 1.3',
  inactive: 'M8 1.800a6.2 6.2 0 1 1 0 12.400A6.2 6.2 0 0 1 8 1.800M6 5.500v5M10 5.500v5',
  info: 'M8 1.800a6.2 6.2 0 1 1 0 12.400A6.2 6.2 0 0 1 8 1.800M8 7.200v4M8 4.800v.4',
  lock: 'M3.5 7.500h9v6h-9zM5.5 7.500V5a2.5 2.5 0 0 1 5 0v2.5',
  merge: 'M3.5 2v3c0 2.5 4.5 3 4.5 6v3M12.5 2v3c0 2.5-4.5 3-4.5 6M5.8 11.8 8 14l2.2-2.2',
  person:
    'M8 2.200a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.600M2.5 14c.4-3 2.6-4.5 5.5-4.500s5.1 1.5 5.5 4.5',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.8-4l1.8 1.500M13.5 2v3.500H10',
  search: 'M7 2.200a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.600M10.5 10.5 14 14',
  settings:
    'M2 4.5h6.500m4 0H14M2 11.500h1.500m4 0H14M8.500 4.500a2 2 0 1 0 4 0 2 2 0 1 0-4 0M3.500 11.500a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  'sign-out': 'M6.5 2.500h-4v11h4M6.5 8H14m0 0-3-3m3 3-3 3',
  sort: 'm5 6 3-3 3 3M5 10l3 3 3-3',
  'sort-ascending': 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  'sort-descending': 'M8 3v10M4.5 9.5 8 13l3.5-3.5',
  warning: 'M8 2 14.5 13.500h-13zM8 6.500v3.500M8 11.600v.4',
} satisfies Record<string, string>;

export type IconName = keyof typeof shapes;

/** Icons that show a reading direction; mirrored in right-to-left languages. */
const MIRRORED = /^chevron-[lr]|^sign-out|^external/;

/**
 * A decorative icon next to text. Never the only carrier of a meaning, and therefore hidden from
 * assistive technology.
 *
 * @param size in CSS pixels at a root font size of 16; grows with it
 */
export function Icon({ name, size = 16 }: { name: IconName; size?: 16 | 20 | 24 }) {
  return (
    <svg
      className={classNames(styles[`size${size}`], MIRRORED.test(name) && styles.mirrored)}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
