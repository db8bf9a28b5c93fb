/**
 * Suppresses one notice: when it loads, oidc-provider warns that it supports only newer versions
 * of Node.js. The sandbox's tests run on every version that the project supports, and the notice
 * would be the first thing that a new user reads.
 */
export function quietRuntimeNotice(): void {
  const warn = console.warn.bind(console);
  console.warn = (...args: unknown[]) => {
    if (!String(args[0]).includes('Unsupported runtime')) warn(...args);
  };
}
