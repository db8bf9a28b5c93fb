import { drawnLater } from './drawn-later.ts';

/** The cells that say which drug, how much and how often: their texts alone are many. */
export const dosage = drawnLater(() => import('../dosage/cells.tsx'));
