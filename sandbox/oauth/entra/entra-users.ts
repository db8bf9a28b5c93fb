/** A person who can sign in to the sandbox's Entra. There are no passwords. */
export interface EntraUser {
  /** Object id in the directory, the `oid` claim. */
  readonly id: string;
  readonly name: string;
  readonly login: string;
  /** App roles as Azure Health Data Services names them. */
  readonly roles: readonly string[];
  /** Text for the sign-in page that says what the user may do. */
  readonly hint: string;
}

export const ENTRA_USERS: readonly EntraUser[] = [
  {
    id: '9d3f1c62-50a7-4b8e-9a51-0c1f5be10001',
    name: 'Dr Casey Moreau',
    login: 'casey.moreau@contoso.example',
    roles: ['FHIR Data Contributor'],
    hint: 'FHIR Data Contributor: may read, create and change',
  },
  {
    id: '9d3f1c62-50a7-4b8e-9a51-0c1f5be10002',
    name: 'Robin Adeyemi',
    login: 'robin.adeyemi@contoso.example',
    roles: ['FHIR Data Reader'],
    hint: 'FHIR Data Reader: may read only',
  },
  {
    id: '9d3f1c62-50a7-4b8e-9a51-0c1f5be10003',
    name: 'Noor Lindqvist',
    login: 'noor.lindqvist@contoso.example',
    roles: [],
    hint: 'No role: signs in, and the FHIR server refuses',
  },
];
