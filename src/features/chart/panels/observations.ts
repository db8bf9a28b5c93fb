import { observationPanel } from './observation-panel.tsx';

/** Observations of every category, a part of the encounter page. */
export const observations = observationPanel({
  id: 'observations',
  title: 'observations',
  what: 'observation',
  value: 'value',
});
