import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { expect } from '../fixtures.ts';
import type { App } from './app.ts';
import { settled } from './settled.ts';
import type { Stage } from './stage.ts';

/**
 * A FHIR server that means harm, or has broken down in the worst way: each costs a message that says
 * what happened, and the page goes on answering.
 */

export const SLOW = { timeout: 25_000 };
export const SEARCH = /\/Patient(\?|$)/;
export const ONE = /\/Patient\/p0001(\?|$)/;

/** Gives an answer two seconds, so that a test need not wait for a minute. */
export function hurry({ host, sandbox }: Stage): void {
  const config = sandbox.appConfig();
  const servers = config.servers.map((server) => ({ ...server, requests: { timeoutSeconds: 2 } }));
  host.setConfig({ ...config, servers });
}

/** The page as it is, without a reload, still does what it is for. */
export async function answers({ list, shell }: App): Promise<void> {
  await shell.patients.click(SLOW);
  await list.box.fill('Methusa', SLOW);
  await list.searchButton.click(SLOW);
  await expect(list.patient(/^ELDER/)).toBeVisible(SLOW);
}

/** All of a page of one patient has come and is drawn; no part of it has taken the page along. */
export async function stands({ chart, page, stage }: App, where: string): Promise<void> {
  await settled(page, stage.sandbox);
  await expect(page.getByText(/Something went wrong|This page stopped working/), where).toHaveCount(
    0,
  );
  await expect(chart.banner, where).toBeVisible(SLOW);
}

export const entries = (bundle: unknown): BundleEntry<FhirResource>[] =>
  (bundle as Bundle<FhirResource>).entry ?? [];

/** FHIR's own way to nest without end: an extension in an extension. */
export const deep = (levels: number): string =>
  `${'{"url":"x","extension":['.repeat(levels)}${']}'.repeat(levels)}`;
