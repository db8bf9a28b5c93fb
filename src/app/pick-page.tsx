import { useSearch } from '@tanstack/react-router';
import { PatientListPage } from '#features/patients/list/list-page.tsx';
import { Picker } from '#features/picker/picker.tsx';
import { useBoot } from './boot.ts';

/** `/pick`: the patient list as a picker for another application. */
export function PickPage() {
  const { config } = useBoot();
  const { origin, multiple } = useSearch({ from: '/signed-in/pick' });
  return (
    <Picker origin={origin} multiple={multiple === 1} allowed={config?.picker?.origins ?? []}>
      {(chooser) => <PatientListPage chooser={chooser} />}
    </Picker>
  );
}
