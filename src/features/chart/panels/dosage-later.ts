import { drawnLater } from './drawn-later.ts';

/** The cells of drugs and dosages, loaded lazily because their texts alone are large. */
export const dosage = drawnLater(() => import('../dosage/cells.tsx'));
