import type { Patient } from 'fhir/r4';
import { useCallback, useMemo, useState } from 'react';
import type { Stored } from '#fhir/types.ts';
import type { Chooser } from './chooser.ts';
import type { Selection } from './patient-table.tsx';
import { useSessionMemory } from './session-memory.ts';

const NOBODY: ReadonlyMap<string, Patient> = new Map();

/** Which patients are selected, over all pages of the list; or chosen for another program. */
export function useSelection(chooser: Chooser | undefined) {
  const [on, setSelecting] = useState(false);
  const [selected, setSelected] = useSessionMemory(chooser ? 'chosen' : 'selected', NOBODY);
  const selecting = on || chooser !== undefined;
  const single = chooser?.multiple === false;
  const onSelect = useCallback(
    (patient: Stored<Patient>, chosen: boolean) =>
      setSelected((now) => {
        const changed = new Map(single ? NOBODY : now);
        if (chosen) changed.set(patient.id, patient);
        else changed.delete(patient.id);
        return changed;
      }),
    [single, setSelected],
  );
  const selection = useMemo(
    (): Selection | undefined => (selecting ? { selected, single, onSelect } : undefined),
    [selecting, selected, single, onSelect],
  );
  return { selecting, setSelecting, selected, setSelected, selection };
}
