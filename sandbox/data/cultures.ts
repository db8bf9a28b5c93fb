import type { Culture } from './culture.ts';
import { westernCultures } from './cultures-western.ts';
import { worldCultures } from './cultures-world.ts';

/** Common family and given names, combined at random; no real person is meant. */
export const cultures: readonly Culture[] = [...westernCultures, ...worldCultures];

/** Frequency of each culture, as in a hospital of an English-speaking town. */
export const cultureWeights: Readonly<Record<string, number>> = {
  en: 9,
  'en-US': 7,
  de: 2,
  fr: 2,
  es: 3,
};
