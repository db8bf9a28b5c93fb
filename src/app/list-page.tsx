import { useCallback, useState, type ReactNode } from 'react';
import { PatientListPage } from '#features/patients/list/list-page.tsx';
import { OpenContext, type Opening } from '#features/patients/list/rows/patient-table.tsx';
import type { Glance } from './chart-page.tsx';

/** There once the chart's code is. */
export const glance: { Glance?: typeof Glance } = {};

const LIST = <PatientListPage />;

/** The list; and over it, at once, the patient that was chosen, until the chart takes over. */
export function ListPage() {
  const [chosen, setChosen] = useState<ReactNode>();
  const open = useCallback<Opening>((patient, go) => {
    const { Glance } = glance;
    // It goes with the way there: who turned round on it sees the list again.
    const then = (): void => void go().then(() => setChosen(undefined));
    if (Glance) setChosen(<Glance patient={patient} then={then} />);
    else void go();
  }, []);
  return (
    <>
      {chosen}
      <OpenContext value={open}>{LIST}</OpenContext>
    </>
  );
}
