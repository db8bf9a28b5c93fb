/** Another program that asked a person to choose patients here. */
export interface Chooser {
  /** The heading in place of "Patients". */
  readonly title: string;
  /** Who asks, in one line below the heading. */
  readonly lead: string;
  readonly multiple: boolean;
  /** @param ids logical ids, in the order of choice */
  onChoose: (ids: readonly string[]) => void;
  onCancel: () => void;
}
