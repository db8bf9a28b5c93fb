import type { ReactNode } from 'react';
import type { FhirResource, ResourceOf, ResourceType, SearchParams } from '#fhir/types.ts';
import type { Translate } from '#i18n/provider.tsx';
import type { messages } from './messages.ts';
import type { NewestOfEach as Newest } from './observation/newest-of-each.ts';

export type MessageId = keyof (typeof messages)['en'];
export type T = Translate<MessageId>;

/** The resource that a reference names, where the answer held it too. */
export type Find = (reference: unknown) => FhirResource | undefined;

/** All that an answer held of the patient: which of it belongs together, no row alone can say. */
export type Came = readonly FhirResource[];

/** One column of a panel's table. */
interface PanelColumn<R> {
  readonly id: string;
  readonly header: MessageId;
  readonly cell: (resource: R, t: T, find: Find, came?: Came) => ReactNode;
  /** The cell that names its row. */
  readonly rowHeader?: boolean;
  /** Any CSS width. */
  readonly width?: string;
}

/** One line about a resource, for the summary card and the timeline. */
export interface PanelLine {
  /** Sortable FHIR date or dateTime; undefined where none is recorded. */
  readonly date: string | undefined;
  /** Stands in the date's place: words, or what other kind of date it is. */
  readonly when?: string;
  readonly text: ReactNode;
  readonly detail?: ReactNode;
}

/**
 * What says in `subject` or `patient` whose it is: these two are read to leave out what belongs to
 * somebody else (`of-patient.ts`). Teach it another element before there is a panel of, say, Coverage.
 */
type OfPatient = {
  [Type in ResourceType]: 'subject' extends keyof ResourceOf<Type>
    ? Type
    : 'patient' extends keyof ResourceOf<Type>
      ? Type
      : never;
}[ResourceType];

export interface PanelDefinition<Type extends ResourceType> {
  /** The last part of the address. Stable: bookmarks hold it. */
  readonly id: string;
  readonly type: Type;
  readonly title: MessageId;
  /** Search criteria besides the patient. */
  readonly params?: SearchParams;
  /** Criteria for a server that refuses to search without any; the page says what they exclude. */
  readonly instead?: SearchParams;
  /** `_sort`, newest first; left out again where the server refuses it. */
  readonly sort?: string;
  /** `_include`: what its rows name by reference only; left out where the server refuses it. */
  readonly include?: string;
  /** The same, where the server declares it and its type may be read: rows say enough without. */
  readonly mayInclude?: { readonly what: string; readonly type: ResourceType };
  /** `_revinclude`: what names its rows, in the same way. */
  readonly revinclude?: string;
  /** What names a row and has no name there: it is read where it did not come along. */
  readonly calledBy?: {
    readonly type: ResourceType;
    readonly reference: (resource: ResourceOf<Type>) => unknown;
  };
  readonly columns: readonly PanelColumn<ResourceOf<Type>>[];
  readonly line: (resource: ResourceOf<Type>, t: T, find: Find, came?: Came) => PanelLine;
  /** Loads the code of its rows, in parallel with the search. */
  readonly load?: () => Promise<unknown>;
  /** Withdrawn records are struck out wherever they are shown. */
  readonly withdrawn: (resource: ResourceOf<Type>) => boolean;
  /** True for a record that does not match what was asked for, such as another category. */
  readonly strays?: (resource: ResourceOf<Type>) => boolean;
  /** Has a card on the summary page. */
  readonly card?: boolean;
  /** What its card shows: the newest of each kind; else the first rows. */
  readonly each?: (items: readonly FhirResource[], rows: number, find: Find, came: Came) => Newest;
  /** Text saying that rows are filtered out of the server's pages, so that a page may have few. */
  readonly sifted?: MessageId;
  /** Rows to ask for at a time, where another number than usual makes sense. */
  readonly count?: number;
  /** Text for no results, where the title covers more than was searched for. */
  readonly nothing?: MessageId;
  /** Order of the rows of a page; the server's order where left out. */
  readonly order?: (a: ResourceOf<Type>, b: ResourceOf<Type>) => number;
  /** Whether a record holds now, where records end and those that hold come first. */
  readonly current?: (resource: unknown) => boolean;
}

/** A panel whatever its type: what the registry holds. */
export interface Panel extends Omit<
  PanelDefinition<ResourceType>,
  'columns' | 'line' | 'withdrawn' | 'strays' | 'order' | 'calledBy'
> {
  readonly columns: readonly PanelColumn<FhirResource>[];
  readonly line: (resource: FhirResource, t: T, find: Find, came?: Came) => PanelLine;
  readonly withdrawn: (resource: FhirResource) => boolean;
  readonly calledBy?: {
    readonly type: ResourceType;
    readonly reference: (resource: FhirResource) => unknown;
  };
  /** False for what is of another type, or is picked out for another panel. */
  readonly belongs: (resource: FhirResource) => boolean;
  /** Asked of what belongs only. */
  readonly strays?: (resource: FhirResource) => boolean;
  readonly order?: (a: FhirResource, b: FhirResource) => number;
}

/**
 * Declares a chart panel. With its line in `panels.ts` it gets a route, a link, a card, paging,
 * the checks of scope and capability, and its place on the timeline.
 */
export function definePanel<Type extends OfPatient>(d: PanelDefinition<Type>): Panel {
  // `belongs` is asked first wherever resources come in, so that the others see their own type only.
  const own = (resource: FhirResource): resource is ResourceOf<Type> =>
    resource.resourceType === d.type;
  return { ...(d as unknown as Panel), belongs: own };
}
