/** Another program that asked the user to choose patients. */
export interface Chooser {
  /** Page heading instead of "Patients". */
  readonly title: string;
  /** Line below the heading that names the program. */
  readonly lead: string;
  /** Whether the user may choose several patients. */
  readonly multiple: boolean;
  /** @param ids logical ids, in the order of choice */
  onChoose: (ids: readonly string[]) => void;
  onCancel: () => void;
}
