import type { Page } from 'playwright/test';

/** The processor and network speed under which a page is measured. */
export interface Condition {
  readonly name: string;
  /** Factor by which the processor is slowed down. */
  readonly cpu: number;
  readonly network: { readonly kbit: number; readonly latency: number } | undefined;
}

export const conditions: readonly Condition[] = [
  { name: 'unthrottled', cpu: 1, network: undefined },
  {
    name: 'CPU /4, 1.6 Mbit/s, 150 ms',
    cpu: 4,
    network: { kbit: 1600, latency: 150 },
  },
];

/** Applies a condition to a page through the browser's own emulation. */
export async function applyCondition(page: Page, c: Condition): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  if (c.cpu > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: c.cpu });
  if (c.network) {
    const bytesPerSecond = (c.network.kbit * 1000) / 8;
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: c.network.latency,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
  }
}
