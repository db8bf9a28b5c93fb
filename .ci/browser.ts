import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const FIXED = [
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files\\Chromium\\Application\\chrome.exe',
];

/** Limit for apt: the package takes about a minute; a stalled mirror must not hang the build. */
const APT_MS = 6 * 60_000;
/** Limit for Playwright's download of some 150 MB, as long as it progresses. */
const DOWNLOAD_MS = 8 * 60_000;
/**
 * Silence after which Playwright gives up an attempt to download; it makes five. Behind a firewall
 * that drops everything, the distribution's package has its turn after some 85 seconds.
 */
const SILENCE_MS = 15_000;

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Browser features to switch off. Chromium uses only the last `--disable-features`, so this list
 * repeats Playwright's own (1.65). The two `WebUIOmnibox` entries are pages behind the address bar,
 * never visible in a headless browser, that take a third of the processor time of a new page.
 */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Returns the browser's flags. Chromium cannot use its own sandbox when it runs as root. */
export function browserArgs(): string[] {
  return [
    ...(isRoot() ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${FEATURES_OFF.join(',')}`,
  ];
}

/** Whether a browser starts: the file may lack its libraries, or be Ubuntu's stub for snap. */
function works(path: string): boolean {
  if (!path || !existsSync(path)) return false;
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /chrom/i.test(stdout);
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Returns the path of an installed browser: `CHROME_PATH`, Chrome or Chromium, or Playwright's own.
 * Installs nothing.
 *
 * @throws when `CHROME_PATH` is set and does not start: a wrong setting must not be ignored.
 */
export function findBrowser(): string | undefined {
  const wished = process.env['CHROME_PATH'];
  if (wished) {
    if (works(wished)) return wished;
    throw new Error(`CHROME_PATH is ${wished}, but no Chrome or Chromium starts there.`);
  }
  return [...onPath(), ...FIXED, chromium.executablePath()].find(works);
}

function run(command: string, args: string[], timeout: number): boolean {
  console.log(`No browser yet: ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout,
    env: {
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(SILENCE_MS),
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
    },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/**
 * Finds a browser as {@link findBrowser} does, and otherwise installs one: Playwright's download
 * first, then, as root on Debian or Ubuntu, the distribution's package.
 *
 * @returns the path of the executable.
 * @throws with instructions for a manual installation when neither works.
 */
export function ensureBrowser(): string {
  const here = findBrowser();
  if (here) return here;
  run('npx', ['--no-install', 'playwright', 'install', '--no-shell', 'chromium'], DOWNLOAD_MS);
  const downloaded = findBrowser();
  if (downloaded) return downloaded;
  if (isRoot() && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-q'], APT_MS);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], APT_MS);
    const packaged = findBrowser();
    if (packaged) return packaged;
  }
  throw new Error(
    'The end-to-end tests need Chrome or Chromium, and none was found or could be installed. ' +
      'Install one (Debian: sudo apt-get install chromium), or set CHROME_PATH to its executable.',
  );
}
