import type { Culture } from './culture.ts';
import { westernCultures } from './cultures-western.ts';
import { worldCultures } from './cultures-world.ts';

/** Common family and given names, combined at random: nobody is meant. */
export const cultures: readonly Culture[] = [...westernCultures, ...worldCultures];

/** How often a culture is met: a hospital in an English-speaking town. */
export const cultureWeights: Readonly<Record<string, number>> = {
  en: 9,
  'en-US': 7,
  de: 2,
  fr: 2,
  es: 3,
};
