import { observationPanel } from './observation-panel.tsx';

export const vitals = observationPanel({
  id: 'vitals',
  title: 'vitals',
  category: 'vital-signs',
  card: true,
  what: 'measurement',
  value: 'value',
});
