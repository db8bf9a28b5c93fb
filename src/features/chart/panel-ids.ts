import type { MessageId } from './panel.ts';

/**
 * Panel ids in the order of the navigation. Each is the last part of the panel's address and the
 * message id of its title. They have a file of their own so that the navigation can be drawn before
 * the code of the panels is loaded.
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

/** Last part of the address of the timeline, which merges the panels by date. */
export const TIMELINE = 'timeline';
