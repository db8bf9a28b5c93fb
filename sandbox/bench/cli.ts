/**
 * `npm run bench`: measures the production build and a bare page alternately, in one browser,
 * against the same server with 30 ms latency. Writes `docs/performance.md`.
 *
 * Options: `--runs 9`, `--patients 10000`, `--latency 30`, `--pages 200`, `--no-build`, `--dry`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { browserArgs, ensureBrowser } from '../../.ci/browser.ts';
import { conditions } from './conditions.ts';
import { measureManyRows } from './many-rows.ts';
import { measure, measureMemory, type Sample } from './measure.ts';
import { table } from './report.ts';
import { startServers } from './servers.ts';
import { appSubject, floorSubject } from './subject.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '9' },
    patients: { type: 'string', default: '10000' },
    latency: { type: 'string', default: '30' },
    pages: { type: 'string', default: '200' },
    'no-build': { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);

if (!values['no-build']) await build({ logLevel: 'warn' });
const servers = await startServers({
  patients: Number(values.patients),
  latency: Number(values.latency),
});
const fhirOrigin = new URL(servers.fhirBaseUrl).origin;
const ways = { fhirOrigin, from: servers.elsewhere };
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs() });

const subjects = [floorSubject(servers.floor), appSubject(servers.app)] as const;
const sections: string[] = [];
try {
  for (const condition of conditions) {
    const samples: [Sample[], Sample[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      for (const [n, subject] of subjects.entries()) {
        samples[n as 0 | 1].push(await measure(browser, subject, condition, ways));
      }
      process.stdout.write(`${condition.name}: run ${run + 1} of ${runs}\n`);
    }
    sections.push(table({ condition: condition.name, floor: samples[0], app: samples[1] }));
  }
  const many: [Sample[], Sample[]] = [[], []];
  for (let run = 0; run < 3; run += 1) {
    for (const [n, subject] of subjects.entries()) {
      many[n as 0 | 1].push(await measureManyRows(browser, subject, fhirOrigin));
    }
  }
  sections.push(
    table({ condition: '1,000 rows a page, unthrottled, 3 runs', floor: many[0], app: many[1] }),
  );
  const memory: [Sample[], Sample[]] = [[], []];
  for (const [n, subject] of subjects.entries()) {
    memory[n as 0 | 1].push(
      await measureMemory(browser, subject, Number(values.pages), fhirOrigin),
    );
  }
  sections.push(table({ condition: 'Memory', floor: memory[0], app: memory[1] }));
} finally {
  await browser.close();
  servers.close();
}

const report = [
  '# Performance',
  '',
  `Made by \`npm run bench\`: ${runs} runs each, interleaved; ${values.patients} patients; ${values.latency} ms a FHIR request; the servers in a process of their own; the production build under its production headers, compressed; ${browser.browserType().name()} ${browser.version()} headless; Node ${process.version}.`,
  '',
  'The floor is one HTML file that fetches `[base]/Patient?_count=20` and writes the names as text (`sandbox/bench/floor.ts`). It asks at every key typed. Both are opened from a page of another site, as people open them: either gets a process of its own. From `about:blank` only the app does, for its Cross-Origin-Opener-Policy, which the floor does not send.',
  '',
  'A patient is on screen at the animation frame that has the name in the document; “its frame painted” is when the page has laid out and painted that frame, which has more to show than the floor.',
  '',
  'Memory is what the page holds when it is idle, after garbage collection. Most of what comes with more pages is code that V8 compiles for what runs often.',
  '',
  ...sections,
].join('\n');
process.stdout.write(`\n${report}\n`);
if (!values.dry) await writeFile('docs/performance.md', report);
