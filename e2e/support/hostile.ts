import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { expect } from '../fixtures.ts';
import type { App } from './app.ts';
import { settled } from './settled.ts';
import type { Stage } from './stage.ts';

/**
 * Helpers for tests with a malicious or badly broken FHIR server: the page must say what happened
 * and stay usable.
 */

export const SLOW = { timeout: 25_000 };
export const SEARCH = /\/Patient(\?|$)/;
export const ONE = /\/Patient\/p0001(\?|$)/;

/** Sets the response timeout to two seconds, so that tests need not wait for the default minute. */
export function hurry({ host, sandbox }: Stage): void {
  const config = sandbox.appConfig();
  const servers = config.servers.map((server) => ({ ...server, requests: { timeoutSeconds: 2 } }));
  host.setConfig({ ...config, servers });
}

/** Expects the app to find a patient without a reload. */
export async function answers({ list, shell }: App): Promise<void> {
  await shell.patients.click(SLOW);
  await list.box.fill('Methusa', SLOW);
  await list.searchButton.click(SLOW);
  await expect(list.patient(/^ELDER/)).toBeVisible(SLOW);
}

/** Expects a patient's page to be loaded and drawn, with no crash message in place of a part. */
export async function stands({ chart, page, stage }: App, where: string): Promise<void> {
  await settled(page, stage.sandbox);
  await expect(page.getByText(/Something went wrong|This page stopped working/), where).toHaveCount(
    0,
  );
  await expect(chart.banner, where).toBeVisible(SLOW);
}

export const entries = (bundle: unknown): BundleEntry<FhirResource>[] =>
  (bundle as Bundle<FhirResource>).entry ?? [];

/** Returns JSON of extensions nested `levels` deep: FHIR sets no limit to that. */
export const deep = (levels: number): string =>
  `${'{"url":"x","extension":['.repeat(levels)}${']}'.repeat(levels)}`;
