import type { Patient } from 'fhir/r4';
import { createContext, useCallback, useMemo, useState } from 'react';
import type { Stored } from '#fhir/types.ts';
import type { Chooser } from './chooser.ts';
import { useSessionMemory } from './session-memory.ts';

const NOBODY: ReadonlyMap<string, Patient> = new Map();

interface Selection {
  readonly selected: ReadonlyMap<string, Patient>;
  /** Only one patient can be selected. */
  readonly single: boolean;
  onSelect: (patient: Stored<Patient>, on: boolean) => void;
}

/** The selection, read by the checkboxes only, so that ticking one does not render every row. */
export const SelectionContext = createContext<Selection | undefined>(undefined);

/** Holds the patients selected across all pages of the list, or chosen for another program. */
export function useSelection(chooser: Chooser | undefined) {
  const [on, setSelecting] = useState(false);
  const [selected, setSelected] = useSessionMemory(chooser ? 'chosen' : 'selected', NOBODY);
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
    (): Selection => ({ selected, single, onSelect }),
    [selected, single, onSelect],
  );
  return { selecting: on || chooser !== undefined, setSelecting, setSelected, selection };
}
