import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { dateProblem, isBefore, joinDate, splitDate, yearsSince } from '../fields/date-parts.ts';
import { fromPatient } from '../mapping/from-patient.ts';
import { emptyForm, NEW_ROW, type PatientForm } from '../model.ts';
import { serverProblems } from './server-problems.ts';
import { toPatient } from '../mapping/to-patient.ts';
import { validateForm } from './validate-form.ts';

const TODAY = '2026-03-10';
const parts = (year: string, month = '', day = '') => ({ year, month, day });

describe('typed dates', () => {
  test.each([
    [parts(''), undefined],
    [parts('1960'), undefined],
    [parts('1960', '12'), undefined],
    [parts('1960', '02', '29'), undefined],
    [parts('1961', '02', '29'), 'impossible'],
    [parts('1960', '02', '30'), 'impossible'],
    [parts('1960', '', '3'), 'incomplete'],
    [parts('', '02', '3'), 'incomplete'],
    [parts('60'), 'year'],
    [parts('2027'), 'future'],
    [parts('2026', '04'), 'future'],
    [parts('2026', '03', '11'), 'future'],
    [parts('2026', '03', '10'), undefined],
    [parts('2026'), undefined],
  ])('dateProblem of %o is %s', (typed, problem) => {
    expect(dateProblem(typed, TODAY)).toBe(problem);
  });

  test.each([
    ['٣', '١٩٨٠'], // Arabic-Indic
    ['۳', '۱۹۸۰'], // Persian
    ['३', '१९८०'], // Devanagari
    ['３', '１９８０'], // full-width
  ])('accepts the digits of any script: %s.2.%s', (day, year) => {
    const typed = parts(year, '02', day);
    expect(dateProblem(typed, TODAY)).toBeUndefined();
    expect(joinDate(typed)).toBe('1980-02-03');
    expect(isBefore(typed, parts('1980', '02', '04'))).toBe(true);
    expect(yearsSince(typed, TODAY)).toBe(46);
    expect(dateProblem(parts(year, '02', '٣٠'), TODAY)).toBe('impossible');
  });

  test('a date that is split and joined stays the same', () => {
    for (const date of ['1960', '1960-12', '1960-12-05']) {
      expect(joinDate(splitDate(date))).toBe(date);
    }
  });

  test.each([
    [parts('1960', '12', '4'), parts('1960', '12', '5'), true],
    [parts('1960', '12', '5'), parts('1960', '12', '5'), false],
    [parts('1960', '11'), parts('1960', '12', '5'), true],
    // Compared only at the precision that both dates have.
    [parts('1960'), parts('1960', '12', '5'), false],
    [parts('1960', '12', '4'), parts('1960', '12'), false],
    [parts(''), parts('1960'), false],
    [parts('1960'), parts(''), false],
  ])('%o is before %o: %s', (a, b, before) => {
    expect(isBefore(a, b)).toBe(before);
  });

  test('counts age in whole years, and a partial date from its last day', () => {
    expect(yearsSince(parts('1916', '03', '10'), TODAY)).toBe(110);
    expect(yearsSince(parts('1916', '03', '11'), TODAY)).toBe(109);
    expect(yearsSince(parts('1915'), TODAY)).toBe(110);
    expect(yearsSince(parts('1915', '03'), TODAY)).toBe(110);
    expect(yearsSince(parts('1915', '02'), TODAY)).toBe(111);
  });
});

describe('problems that prevent a save', () => {
  const problems = (change: (form: PatientForm) => void) => {
    const form = emptyForm();
    change(form);
    return validateForm(form, TODAY).map((p) => `${p.path} ${p.id}`);
  };

  test('a new patient needs a name of any kind', () => {
    expect(problems(() => undefined)).toEqual(['name.0.family needName']);
    expect(problems((f) => void (f.name[0]!.given = 'Suharto'))).toEqual([]);
  });

  test('a recorded patient without a name can be saved', () => {
    const form = fromPatient({ resourceType: 'Patient', name: [{ use: 'official' }] });
    expect(validateForm(form, TODAY)).toEqual([]);
  });

  test('ignores problems that the record had before and that were not edited', () => {
    const before = fromPatient({
      resourceType: 'Patient',
      name: [{ family: 'A' }],
      birthDate: '2090-01-01',
      telecom: [{ system: 'email', value: 'nobody' }],
    });
    const after = structuredClone(before);
    after.name[0]!.given = 'B';
    expect(validateForm(after, TODAY, before)).toEqual([]);
    after.telecom[0]!.value = 'somebody';
    expect(validateForm(after, TODAY, before).map((p) => p.id)).toEqual(['badEmail']);
  });

  test('a contact person needs a name or contact details, and an email must be valid', () => {
    const form = emptyForm();
    form.name[0]!.family = 'A';
    form.contact = [
      { ...NEW_ROW.contact },
      { ...NEW_ROW.contact, relationship: 'N' },
      { ...NEW_ROW.contact, relationship: 'N', organization: 'Organization/1' },
      { ...NEW_ROW.contact, email: 'nobody', start: '2001', end: '2000' },
    ];
    expect(validateForm(form, '2026-01-01')).toEqual([
      { path: 'contact.3.end', id: 'periodOrder' },
      { path: 'contact.1.family', id: 'needContact' },
      { path: 'contact.3.email', id: 'badEmail' },
    ]);
  });

  test('a date of death must be filled in and not before the birth date', () => {
    const died = (year: string) => (f: PatientForm) => {
      f.name[0]!.family = 'X';
      f.birthDate.year = '1960';
      f.deceased = { kind: 'date', date: parts(year) };
    };
    expect(problems(died(''))).toEqual(['deceased.date.year needDeathDate']);
    expect(problems(died('1950'))).toEqual(['deceased.date.year deathBeforeBirth']);
    expect(problems(died('2020'))).toEqual([]);
  });
});

describe('an issue of the server is shown at its field', () => {
  const base: Patient = {
    resourceType: 'Patient',
    name: [
      { use: 'maiden', family: 'A' },
      { use: 'official', family: 'B', given: ['C'] },
    ],
    telecom: [{ system: 'phone', value: '1' }],
    contact: [
      {
        name: { family: 'K' },
        address: { city: 'L' },
        telecom: [
          { system: 'phone', value: '2' },
          { system: 'email', value: 'k@example.org' },
        ],
      },
    ],
  };
  const issue = (expression?: string): OperationOutcomeIssue => ({
    severity: 'error',
    code: 'value',
    diagnostics: 'no',
    ...(expression && { expression: [expression] }),
  });
  const field = (expression?: string) => {
    const form = fromPatient(base);
    return serverProblems([issue(expression)], form, toPatient(base, form, form))[0]?.path;
  };

  test.each([
    ['Patient.name[1].family', 'name.0.family'],
    ['Patient.name[0].family', 'name.1.family'],
    ['Patient.name[1].given[0]', 'name.0.given'],
    ['Patient.name[1].period', 'name.0.family'],
    ['Patient.telecom[0].value', 'telecom.0.value'],
    ['Patient.contact[0].name.family', 'contact.0.family'],
    ['Patient.contact[0].address.city', 'contact.0.city'],
    ['Patient.contact[0].address.line[1]', 'contact.0.line'],
    ['Patient.contact[0].telecom[0].value', 'contact.0.phone'],
    ['Patient.contact[0].telecom[1].value', 'contact.0.email'],
    ['Patient.contact[0].telecom', 'contact.0.phone'],
    ['Patient.contact[0].organization', 'contact.0.organization'],
    ['Patient.birthDate', 'birthDate.year'],
    ['Patient.deceased', 'deceased.kind'],
    ['Patient.gender', 'gender'],
    ['Patient.photo[0].data', undefined],
    ['Patient.address[3].city', undefined],
    [undefined, undefined],
  ])('the issue at %s is shown at %s', (expression, path) => {
    expect(field(expression)).toBe(path);
  });

  test('leaves out information and keeps a warning as a warning', () => {
    const form = fromPatient(base);
    const issues = [
      { ...issue(), severity: 'information' as const },
      { ...issue(), severity: 'warning' as const },
    ];
    const shown = serverProblems(issues, form, toPatient(base, form, form));
    expect(shown.map((p) => p.severity)).toEqual(['warning']);
  });
});
