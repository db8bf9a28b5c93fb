import type { MessageId } from './panel.ts';

/**
 * The panels of a chart, in the order of the navigation: the last part of the address, and the id
 * of its title. Apart from the panels themselves, so that the navigation stands before they come.
 */
export const PANEL_IDS = [
  'conditions',
  'medications',
  'allergies',
  'medication-statements',
  'vitals',
  'labs',
  'other-results',
  'reports',
  'encounters',
  'immunizations',
  'procedures',
  'documents',
] as const satisfies readonly MessageId[];

export type PanelId = (typeof PANEL_IDS)[number];

/** The address of the timeline, which merges the panels. */
export const TIMELINE = 'timeline';
