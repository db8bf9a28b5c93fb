/**
 * State of the patient form: the shape of a FHIR Patient with text in every field, so that the path
 * of a field (`name.0.family`) is the path of the element. Each row keeps the index of its element
 * (`source`), so that a save changes only the edited elements.
 */

/** A full or partial date as typed: `year` of four digits, `month` 01-12, `day` 1-31. */
export interface DateParts {
  year: string;
  month: string;
  day: string;
}

interface Row {
  /** Index of the element in the opened patient; -1 for a row that the user added. */
  source: number;
}

/** Start and end of a Period, as typed: `25-Dec-1960`, `Dec-1960`, `1960`. */
interface InUse {
  start: string;
  end: string;
}

export interface NameRow extends Row, InUse {
  use: string;
  family: string;
  given: string;
  prefix: string;
  suffix: string;
  /** `HumanName.text`; shown only if the recorded name has it. */
  text: string;
}

export interface IdentifierRow extends Row, InUse {
  use: string;
  type: string;
  /** Text of a recorded type that is not in the list of types. */
  typeText: string;
  system: string;
  value: string;
  assigner: string;
}

export interface TelecomRow extends Row, InUse {
  system: string;
  value: string;
  use: string;
  rank: string;
}

export interface AddressCells {
  /** Address lines, separated by line breaks. */
  line: string;
  city: string;
  district: string;
  state: string;
  postalCode: string;
  country: string;
  /** `Address.text`; shown only if the recorded address has it. */
  addressText: string;
}

export interface AddressRow extends Row, InUse, AddressCells {
  use: string;
}

export interface ContactRow extends Row, InUse, AddressCells {
  relationship: string;
  relationshipText: string;
  family: string;
  given: string;
  /** `HumanName.text`; shown only if the recorded name has it. */
  text: string;
  gender: string;
  phone: string;
  email: string;
  /** Reference to an organization; `organizationName` is its name. */
  organization: string;
  organizationName: string;
}

export interface CommunicationRow extends Row {
  language: string;
  languageText: string;
  preferred: boolean;
}

export interface ReferenceRow extends Row {
  reference: string;
  display: string;
}

export interface PatientForm {
  /** The first row is shown at the top of the form, whatever its index in the resource is. */
  name: NameRow[];
  birthDate: DateParts;
  gender: string;
  identifier: IdentifierRow[];
  telecom: TelecomRow[];
  address: AddressRow[];
  contact: ContactRow[];
  communication: CommunicationRow[];
  interpreter: '' | 'yes' | 'no';
  maritalStatus: string;
  maritalStatusText: string;
  deceased: { kind: '' | 'no' | 'yes' | 'date'; date: DateParts };
  active: '' | 'true' | 'false';
  multipleBirth: { kind: '' | 'no' | 'yes' | 'order'; order: string };
  generalPractitioner: ReferenceRow[];
  managingOrganization: ReferenceRow[];
}

/** The form fields that are lists of rows. */
export type RowField = {
  [K in keyof PatientForm]: PatientForm[K] extends Row[] ? K : never;
}[keyof PatientForm];

const NO_DATE: DateParts = { year: '', month: '', day: '' };

const ALWAYS: InUse = { start: '', end: '' };

const NO_ADDRESS: AddressCells = {
  line: '',
  city: '',
  district: '',
  state: '',
  postalCode: '',
  country: '',
  addressText: '',
};

/** Names of the cells that together form an address. */
export const ADDRESS_CELLS = Object.keys(NO_ADDRESS) as readonly (keyof AddressCells)[];

/** An empty row of each kind, as the "Add" button creates it. */
export const NEW_ROW = {
  name: { source: -1, use: '', family: '', given: '', prefix: '', suffix: '', text: '', ...ALWAYS },
  identifier: {
    source: -1,
    use: '',
    type: '',
    typeText: '',
    system: '',
    value: '',
    assigner: '',
    ...ALWAYS,
  },
  telecom: { source: -1, system: 'phone', value: '', use: '', rank: '', ...ALWAYS },
  address: { source: -1, use: '', ...NO_ADDRESS, ...ALWAYS },
  contact: {
    source: -1,
    relationship: '',
    relationshipText: '',
    family: '',
    given: '',
    text: '',
    gender: '',
    phone: '',
    email: '',
    organization: '',
    organizationName: '',
    ...NO_ADDRESS,
    ...ALWAYS,
  },
  communication: { source: -1, language: '', languageText: '', preferred: false },
  generalPractitioner: { source: -1, reference: '', display: '' },
  managingOrganization: { source: -1, reference: '', display: '' },
} satisfies { [K in RowField]: PatientForm[K][number] };

/** The form before anything is typed. Gender has no default: it must not be guessed. */
export function emptyForm(): PatientForm {
  return {
    name: [{ ...NEW_ROW.name, use: 'official' }],
    birthDate: { ...NO_DATE },
    gender: '',
    identifier: [{ ...NEW_ROW.identifier }],
    telecom: [{ ...NEW_ROW.telecom }, { ...NEW_ROW.telecom, system: 'email' }],
    address: [{ ...NEW_ROW.address }],
    contact: [],
    communication: [],
    interpreter: '',
    maritalStatus: '',
    maritalStatusText: '',
    deceased: { kind: '', date: { ...NO_DATE } },
    active: 'true',
    multipleBirth: { kind: '', order: '' },
    generalPractitioner: [],
    managingOrganization: [],
  };
}
