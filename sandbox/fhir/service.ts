import type { FhirResource } from 'fhir/r4';
import type { Access } from './access.ts';
import { ExportJobs } from './export/export-jobs.ts';
import { behaviourOf, type Behaviour, type Mode } from './faults/modes.ts';
import { PageSessions } from './search/paging.ts';
import { SearchEngine } from './search/search.ts';
import { SearchIndex } from './search/search-index.ts';
import { Store } from './store.ts';

/** The state of a running server, shared by its two bases. */
export class FhirService {
  readonly store: Store;
  readonly index: SearchIndex;
  readonly engine: SearchEngine;
  readonly pages = new PageSessions();
  readonly exports = new ExportJobs();
  behaviour: Behaviour;
  private readonly initialMode: Mode;

  constructor(resources: Iterable<FhirResource>, mode: Mode) {
    this.store = new Store(resources);
    this.index = new SearchIndex(this.store);
    this.engine = new SearchEngine(this.store, this.index);
    this.initialMode = mode;
    this.behaviour = behaviourOf(mode);
  }

  setMode(mode: Mode): void {
    this.behaviour = behaviourOf(mode);
  }

  /** Restores the initial data and behaviour. */
  reset(): void {
    this.store.reset();
    this.pages.clear();
    this.exports.clear();
    this.setMode(this.initialMode);
  }
}

/** The context of one request. */
export interface RequestContext {
  /** FHIR base address, no slash at the end, as the client sees it. */
  base: string;
  /** The rights of the token; undefined at a base without sign-in. */
  access: Access | undefined;
  handling: 'lenient' | 'strict';
  /** The `Prefer` header, in lower case. */
  prefer: string;
  requestId: string;
}
