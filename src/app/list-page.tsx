import { useCallback, useState, type ReactNode } from 'react';
import { PatientListPage } from '#features/patients/list/list-page.tsx';
import { OpenContext, type Opening } from '#features/patients/list/rows/patient-table.tsx';
import type { Glance } from './chart-page.tsx';

/** Set once the chart's code is loaded. */
export const glance: { Glance?: typeof Glance } = {};

const LIST = <PatientListPage />;

/**
 * Shows the patient list. After a click it shows the chosen patient immediately, until the chart is
 * loaded.
 */
export function ListPage() {
  const [chosen, setChosen] = useState<ReactNode>();
  const open = useCallback<Opening>((patient, go) => {
    const { Glance } = glance;
    // Remove it when the navigation ends, so that a user who cancels it sees the list again.
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
