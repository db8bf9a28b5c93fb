import type { ReactNode } from 'react';
import type { FhirResource, ResourceOf, ResourceType, SearchParams } from '#fhir/types.ts';
import type { Translate } from '#i18n/provider.tsx';
import type { messages } from './messages.ts';
import type { NewestOfEach as Newest } from './observation/newest-of-each.ts';

export type MessageId = keyof (typeof messages)['en'];
export type T = Translate<MessageId>;

/** Returns the resource that a reference names, if the response contained it. */
export type Find = (reference: unknown) => FhirResource | undefined;

/** All resources of the patient in a response, for cells that relate records to each other. */
export type Came = readonly FhirResource[];

/** One column of a panel's table. */
interface PanelColumn<R> {
  readonly id: string;
  readonly header: MessageId;
  readonly cell: (resource: R, t: T, find: Find, came?: Came) => ReactNode;
  /** True for the cell that names its row. */
  readonly rowHeader?: boolean;
  /** Any CSS width. */
  readonly width?: string;
}

/** One line about a resource, for the summary card and the timeline. */
export interface PanelLine {
  /** Sortable FHIR date or dateTime; undefined where none is recorded. */
  readonly date: string | undefined;
  /** Text shown instead of `date`, such as a date with the word that says of what kind it is. */
  readonly when?: string;
  readonly text: ReactNode;
  readonly detail?: ReactNode;
}

/**
 * Resource types that name their patient in `subject` or `patient`: `of-patient.ts` reads these two
 * to leave out records of other patients. Teach it another element before adding a panel of, say,
 * Coverage.
 */
type OfPatient = {
  [Type in ResourceType]: 'subject' extends keyof ResourceOf<Type>
    ? Type
    : 'patient' extends keyof ResourceOf<Type>
      ? Type
      : never;
}[ResourceType];

export interface PanelDefinition<Type extends ResourceType> {
  /** Last part of the panel's address. It must stay the same, because bookmarks contain it. */
  readonly id: string;
  readonly type: Type;
  readonly title: MessageId;
  /** Search criteria besides the patient. */
  readonly params?: SearchParams;
  /** Criteria for a server that refuses to search without any; the page says what they exclude. */
  readonly instead?: SearchParams;
  /** `_sort`, newest first; left out again where the server refuses it. */
  readonly sort?: string;
  /** Returns a message naming the sort date of the rows, if they show another date. */
  readonly sortedBy?: (items: readonly ResourceOf<Type>[]) => MessageId | undefined;
  /**
   * `_include` of resources that rows name by reference only; left out if the server refuses it.
   */
  readonly include?: string;
  /**
   * Optional `_include`, for rows that make sense without it: sent only if the server declares it
   * and the user may read that type.
   */
  readonly mayInclude?: { readonly what: string; readonly type: ResourceType };
  /** `_revinclude` of resources that refer to the rows; left out where the server refuses it. */
  readonly revinclude?: string;
  /** The resource that holds the name of a row; it is read where the server did not include it. */
  readonly calledBy?: {
    readonly type: ResourceType;
    readonly reference: (resource: ResourceOf<Type>) => unknown;
  };
  readonly columns: readonly PanelColumn<ResourceOf<Type>>[];
  readonly line: (resource: ResourceOf<Type>, t: T, find: Find, came?: Came) => PanelLine;
  /** Loads the code that draws the rows, in parallel with the search. */
  readonly load?: () => Promise<unknown>;
  /** Returns whether a record was entered in error; it is struck out wherever it is shown. */
  readonly withdrawn: (resource: ResourceOf<Type>) => boolean;
  /** Returns true for a record that does not match the search, such as one of another category. */
  readonly strays?: (resource: ResourceOf<Type>) => boolean;
  /** True if the panel has a card on the summary page. */
  readonly card?: boolean;
  /** Picks the newest result of each kind for the card, which else shows the first rows. */
  readonly each?: (items: readonly FhirResource[], rows: number, find: Find, came: Came) => Newest;
  /** Text saying that rows are filtered out of the server's pages, so that a page may have few. */
  readonly sifted?: MessageId;
  /** Rows to ask for at a time, where another number than usual makes sense. */
  readonly count?: number;
  /** Text for no results, where the title covers more than was searched for. */
  readonly nothing?: MessageId;
  /** Order of the rows of a page; the server's order where left out. */
  readonly order?: (a: ResourceOf<Type>, b: ResourceOf<Type>) => number;
  /** Whether a record is current, for panels that show current records first. */
  readonly current?: (resource: unknown) => boolean;
}

/** A panel of any resource type, as the registry holds it. */
export interface Panel extends Omit<
  PanelDefinition<ResourceType>,
  'columns' | 'line' | 'withdrawn' | 'strays' | 'order' | 'calledBy' | 'sortedBy'
> {
  readonly columns: readonly PanelColumn<FhirResource>[];
  readonly line: (resource: FhirResource, t: T, find: Find, came?: Came) => PanelLine;
  readonly withdrawn: (resource: FhirResource) => boolean;
  readonly calledBy?: {
    readonly type: ResourceType;
    readonly reference: (resource: FhirResource) => unknown;
  };
  /** False for a resource of another type, or one that another panel shows. */
  readonly belongs: (resource: FhirResource) => boolean;
  /** Called only with resources that belong to the panel. */
  readonly strays?: (resource: FhirResource) => boolean;
  readonly order?: (a: FhirResource, b: FhirResource) => number;
  readonly sortedBy?: (items: readonly FhirResource[]) => MessageId | undefined;
}

/**
 * Declares a chart panel. With its line in `panels.ts` it gets a route, a link, a card, paging,
 * the checks of scope and capability, and its place on the timeline.
 */
export function definePanel<Type extends OfPatient>(d: PanelDefinition<Type>): Panel {
  // Callers check `belongs` first, so the other functions see resources of their own type only.
  const own = (resource: FhirResource): resource is ResourceOf<Type> =>
    resource.resourceType === d.type;
  return { ...(d as unknown as Panel), belongs: own };
}

/** Returns the message for rows that are unsorted, or sorted by a date that they do not show. */
export const orderNote = (
  panel: Panel,
  items: readonly FhirResource[],
  unsorted: boolean,
): MessageId | undefined =>
  items.length < 2 ? undefined : unsorted ? 'unsorted' : panel.sortedBy?.(items);
