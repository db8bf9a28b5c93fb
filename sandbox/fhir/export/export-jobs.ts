import { randomUUID } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';

/** A bulk export that a client has started. */
export interface ExportJob {
  id: string;
  /** Address of the request that started the export. */
  request: string;
  /** FHIR instant at which the data were taken. */
  transactionTime: string;
  /** Resources by type, as they were at `transactionTime`. */
  files: Map<string, FhirResource[]>;
  /** Number of status requests so far. */
  polls: number;
}

/** The exports of a server, by id. */
export class ExportJobs {
  private readonly jobs = new Map<string, ExportJob>();

  start(request: string, resources: Iterable<FhirResource>): ExportJob {
    const files = new Map<string, FhirResource[]>();
    for (const resource of resources) {
      const list = files.get(resource.resourceType);
      if (list) list.push(resource);
      else files.set(resource.resourceType, [resource]);
    }
    const job = {
      id: randomUUID(),
      request,
      transactionTime: new Date().toISOString(),
      files,
      polls: 0,
    };
    this.jobs.set(job.id, job);
    return job;
  }

  get(id: string): ExportJob | undefined {
    return this.jobs.get(id);
  }

  cancel(id: string): boolean {
    return this.jobs.delete(id);
  }

  clear(): void {
    this.jobs.clear();
  }
}
