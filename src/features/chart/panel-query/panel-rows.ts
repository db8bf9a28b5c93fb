import { linkLoop } from '#fhir/client/bundle.ts';
import { grantedPart } from '#fhir/permissions/granted-part.ts';
import { ignoredParams } from '#fhir/search/ignored-params.ts';
import type { FhirResource, Page, SearchParams } from '#fhir/types.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { serverNotices } from './completeness.ts';
import { isOfPatient, referenceOf } from './of-patient.ts';
import type { Came, Find, Panel } from '../panel.ts';

export interface PanelPage extends Page<FhirResource> {
  /** Number of records of other patients that the server sent; they are not among the items. */
  readonly foreign: number;
  /** Number of the patient's records left out because they are of a kind that was not requested. */
  readonly strayed: number;
  /** Number of the patient's records left out because they do not meet the criteria. */
  readonly astray: number;
  /** True if the search asked for less than the panel stands for (`Panel.instead`). */
  readonly narrowed: boolean;
  /** The parts that the scopes grant, if the server leaves out the rest of what was requested. */
  readonly granted: readonly string[];
  /** True if the server's self link shows that it ignored the requested sort. */
  readonly unsorted: boolean;
  readonly find: Find;
  readonly came: Came;
}

/** Returns the records that a panel shows: this patient's, of its own kind, in its order. */
export function panelRows(
  page: Page<FhirResource>,
  o: {
    readonly panel: Panel;
    readonly patientId: string;
    readonly baseUrl: string;
    /** Parameters of the search. */
    readonly params: SearchParams;
    /** Scopes that were granted. */
    readonly scopes?: readonly string[] | undefined;
    /** Returns false for a resource that the server sent although it does not meet the criteria. */
    readonly keep?: ((resource: FhirResource) => boolean) | undefined;
    /** Fingerprints of the links to the pages so far. */
    readonly seen?: readonly number[] | undefined;
  },
): PanelPage {
  const circle = page.next !== undefined && o.seen?.includes(fingerprint(page.next)) === true;
  const own = page.items.filter((item) => isOfPatient(item, o.patientId));
  const type = own.filter(o.panel.belongs);
  const kind = type.filter((item) => o.panel.strays?.(item) !== true);
  const items = o.keep ? kind.filter(o.keep) : kind;
  const came = [...own, ...page.included.filter((item) => isOfPatient(item, o.patientId))];
  return {
    ...page,
    ...(circle && { next: undefined }),
    notices: circle ? [...serverNotices(page), linkLoop()] : serverNotices(page),
    items: o.panel.order ? items.toSorted(o.panel.order) : items,
    foreign: page.items.length - own.length,
    strayed: type.length - kind.length,
    astray: kind.length - items.length,
    narrowed: Object.keys(o.panel.instead ?? {}).some((key) => key in o.params),
    granted: grantedPart(o.scopes, o.panel.type, 's', o.params),
    unsorted: ignoredParams(o.params, page.self).sort,
    came,
    find: (reference) => {
      const from = own.find((item) => referenceOf(item, reference, o.baseUrl));
      const to = referenceOf(from, reference, o.baseUrl);
      return came.find((r) => r.resourceType === to?.type && r.id === to.id);
    },
  };
}
