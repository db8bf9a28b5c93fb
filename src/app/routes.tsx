import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type ErrorComponentProps,
  type RouterHistory,
} from '@tanstack/react-router';
import { NetworkError } from '#fhir/errors.ts';
import { appUrl } from '#lib/url.ts';
import { whenIdle } from '#lib/when-idle.ts';
import { FailedPage } from './failed-page.tsx';
import { PendingPage } from './pending.tsx';
import { Root, SignedIn, StartPage } from './root.tsx';

/**
 * Returns a component that is loaded when its page is opened. The router reloads the page if that
 * fails, to find a newer version. While the site does not answer, this must not happen, because the
 * page would not come back.
 */
const page = <M extends Record<string, unknown>, K extends keyof M>(
  load: () => Promise<M>,
  name: K,
) =>
  lazyRouteComponent(
    () =>
      load().catch(async (error: unknown) => {
        const config = fetch(appUrl('config.json'), { cache: 'no-store' });
        const answer = await config.catch(() => undefined);
        throw answer?.ok
          ? error
          : new NetworkError(navigator.onLine ? 'unreachable' : 'offline', { cause: error });
      }),
    name,
  );

const pages = () => import('./pages.ts');

const NotFoundPage = page(() => import('./error-pages/not-found-page.tsx'), 'NotFoundPage');

const OfflinePage = page(() => import('./error-pages/offline-page.tsx'), 'OfflinePage');

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });

/** Works without a session, and when everything else fails. */
const access = createRoute({
  getParentRoute: () => root,
  path: '/access',
  component: page(async () => (await pages()).access(), 'AccessRoute'),
});

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn });

const start = createRoute({ getParentRoute: () => signedIn, path: '/', component: StartPage });
const launch = createRoute({
  getParentRoute: () => signedIn,
  path: '/launch',
  component: StartPage,
});
const callback = createRoute({
  getParentRoute: () => signedIn,
  path: '/callback',
  component: StartPage,
});

const sortKey = (value: unknown): string | undefined =>
  typeof value === 'string' && /^-?[A-Za-z_-]{1,64}$/.test(value) ? value : undefined;

/** Search parameters of the list. They must not reveal which patient the user searches for. */
export interface ListSearch {
  /** A FHIR `_sort` key, with `-` for descending. */
  sort?: string;
  /** Rows per page. */
  size?: number;
}

function listSearch(search: Record<string, unknown>): ListSearch {
  const sort = sortKey(search['sort']);
  const size = Number(search['size']);
  return {
    ...(sort && { sort }),
    ...(Number.isInteger(size) && size >= 1 && size <= 1000 && { size }),
  };
}

/** Search parameters of a request by another application. */
interface PickSearch extends ListSearch {
  /** Origin of the requesting application. */
  origin?: string;
  /** 1 if several patients may be chosen. */
  multiple?: 1;
}

const list = createRoute({
  getParentRoute: () => signedIn,
  path: '/patients',
  validateSearch: listSearch,
  component: page(() => import('./list-page.tsx'), 'ListPage'),
});

/** Patient picker for another application. */
const pick = createRoute({
  getParentRoute: () => signedIn,
  path: '/pick',
  validateSearch: (search: Record<string, unknown>): PickSearch => {
    const { origin } = search;
    return {
      ...listSearch(search),
      ...(typeof origin === 'string' && { origin }),
      ...(Number(search['multiple']) === 1 && { multiple: 1 }),
    };
  },
  component: page(async () => (await pages()).pick(), 'PickPage'),
});

const create = createRoute({
  getParentRoute: () => signedIn,
  path: '/patients/new',
  component: page(async () => (await pages()).create(), 'CreatePatientPage'),
});

const chart = createRoute({
  getParentRoute: () => signedIn,
  path: '/patients/$id',
  component: page(async () => (await pages()).chart(), 'ChartPage'),
});

const summary = createRoute({
  getParentRoute: () => chart,
  path: '/',
  component: page(async () => (await pages()).summary(), 'SummaryPage'),
});

const panel = createRoute({
  getParentRoute: () => chart,
  path: '/$panel',
  component: page(async () => (await pages()).panel(), 'PanelPage'),
});

const encounter = createRoute({
  getParentRoute: () => chart,
  path: '/encounters/$encounterId',
  component: page(async () => (await pages()).encounter(), 'EncounterPage'),
});

const edit = createRoute({
  getParentRoute: () => chart,
  path: '/edit', // child of the chart, so that the banner shows which patient is being edited
  component: page(async () => (await pages()).edit(), 'EditPatientPage'),
});

const history = createRoute({
  getParentRoute: () => chart,
  path: '/history',
  component: page(async () => (await pages()).history(), 'HistoryPage'),
});

const version = createRoute({
  getParentRoute: () => chart,
  path: '/history/$versionId',
  component: page(async () => (await pages()).version(), 'VersionPage'),
});

const bulkExport = createRoute({
  getParentRoute: () => signedIn,
  path: '/export',
  component: page(async () => (await pages()).bulkExport(), 'ExportPage'),
});

const routeTree = root.addChildren([
  access,
  signedIn.addChildren([
    start,
    launch,
    callback,
    list,
    pick,
    create,
    bulkExport,
    chart.addChildren([summary, edit, history, version, encounter, panel]),
  ]),
]);

function RouteFailed({ error, reset }: ErrorComponentProps) {
  return error instanceof NetworkError ? (
    <OfflinePage error={error} reset={reset} />
  ) : (
    <FailedPage reset={reset} />
  );
}

/**
 * Creates the router. Call it after opening the session, which may still change the URL that the
 * router reads once.
 *
 * @param history for use without a browser, during the build
 */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history && { history }),
    basepath: import.meta.env.BASE_URL,
    defaultPreload: 'intent',
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: RouteFailed,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

/**
 * Preloads the code of the chart, so that a patient opens without delay. Each step runs as a
 * separate task while the browser is idle.
 */
export function preloadChart(router: AppRouter): void {
  const steps = [
    () => router.loadRouteChunk(chart),
    () => router.loadRouteChunk(summary),
    async () => {
      const [{ glance }, { Glance, warmUp }] = await Promise.all([
        import('./list-page.tsx'),
        pages().then(({ chart: load }) => load()),
        router.loadRouteChunk(summary), // otherwise the glance waits for it
      ]);
      glance.Glance = Glance;
      whenIdle(warmUp);
    },
    async () => OfflinePage.preload?.(), // needed only when the network is gone
  ];
  // A failed load is retried and reported when a chart is opened.
  for (const step of steps) whenIdle(() => void step()?.catch(() => undefined));
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
