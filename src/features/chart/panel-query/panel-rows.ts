import { linkLoop } from '#fhir/client/bundle.ts';
import { grantedPart } from '#fhir/permissions/granted-part.ts';
import { ignoredParams } from '#fhir/search/ignored-params.ts';
import type { FhirResource, Page, SearchParams } from '#fhir/types.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { serverNotices } from './completeness.ts';
import { isOfPatient, referenceOf } from './of-patient.ts';
import type { Came, Find, Panel } from '../panel.ts';

export interface PanelPage extends Page<FhirResource> {
  /** How many records of other patients the server sent, which are not among the items. */
  readonly foreign: number;
  /** How many of them say that they are of another kind than was asked for. */
  readonly strayed: number;
  /** How many of the patient's records were left out because they do not meet the criteria. */
  readonly astray: number;
  /** The server was asked for less than the panel stands for. */
  readonly narrowed: boolean;
  /** What alone was granted, where the server leaves out the rest of what was asked. */
  readonly granted: readonly string[];
  /** By its own word the server left out the sort that it was asked for. */
  readonly unsorted: boolean;
  readonly find: Find;
  readonly came: Came;
}

/** What a panel shows of an answer: this patient's records, of its own kind, in its own order. */
export function panelRows(
  page: Page<FhirResource>,
  o: {
    readonly panel: Panel;
    readonly patientId: string;
    readonly baseUrl: string;
    /** What was asked. */
    readonly params: SearchParams;
    /** What was granted. */
    readonly scopes?: readonly string[] | undefined;
    /** False for what the server sent although the criteria leave it out. */
    readonly keep?: ((resource: FhirResource) => boolean) | undefined;
    /** Fingerprints of the pages before. */
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
