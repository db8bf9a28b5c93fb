import { observationPanel } from './observation-panel.tsx';

export const labs = observationPanel({
  id: 'labs',
  title: 'labs',
  category: 'laboratory',
  card: true,
  what: 'test',
  value: 'result',
});
