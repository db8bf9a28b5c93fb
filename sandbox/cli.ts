import { existsSync } from 'node:fs';
import { isStale, runDev, runPreview, type Running } from './cli-app.ts';
import { cliOptions, type CliOptions } from './cli-options.ts';
import { announce } from './cli-text.ts';
import { quietRuntimeNotice } from './quiet.ts';

/** `tsx sandbox/cli.ts preview [--build] | dev`: the app with its sandbox, until Ctrl+C. */
async function main(options: CliOptions): Promise<void> {
  quietRuntimeNotice();
  // Imported after the call above, because oidc-provider prints its notice while it loads.
  const { startSandbox } = await import('./sandbox.ts');
  const sandbox = await startSandbox({
    appOrigins: [],
    ports: 'fixed',
    ...(options.patients !== undefined && { patients: options.patients }),
    ...(options.mode && { mode: options.mode }),
  });
  let app: Running;
  if (options.command === 'dev') {
    app = await runDev(options.port, () => sandbox.appConfig());
  } else {
    app = await runPreview({
      port: options.port,
      build: options.build || !existsSync('dist/index.html'),
      config: sandbox.appConfig(),
    });
  }
  sandbox.addAppOrigin(app.origin);
  console.log(announce(sandbox, app, options));
  if (options.command === 'preview' && isStale()) {
    console.log('  dist is older than the source: "npm run build" makes a new one.\n');
  }

  const stop = async (): Promise<void> => {
    await Promise.all([app.close(), sandbox.close()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

try {
  await main(cliOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
