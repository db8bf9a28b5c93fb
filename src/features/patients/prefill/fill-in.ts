import { splitDate } from '../form/fields/date-parts.ts';
import { emptyForm, NEW_ROW, type PatientForm } from '../form/model.ts';
import type { Prefill } from './prefill.ts';

/** Returns the form of a new patient, prefilled with the search terms. */
export function fillIn(prefill: Prefill): PatientForm {
  const form = emptyForm();
  const { family = '', given = '', birthDate, gender = '', identifiers } = prefill;
  const [name = NEW_ROW.name] = form.name;
  const typed: Readonly<Record<string, string | undefined>> = {
    phone: prefill.phone,
    email: prefill.email,
  };
  return {
    ...form,
    name: [{ ...name, family, given }],
    birthDate: splitDate(birthDate),
    gender,
    identifier:
      identifiers.length > 0
        ? identifiers.map((cells) => ({ ...NEW_ROW.identifier, ...cells }))
        : form.identifier,
    telecom: form.telecom.map((row) => ({ ...row, value: typed[row.system] ?? '' })),
  };
}
