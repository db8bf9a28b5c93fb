import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// There is no Bicep compiler here, so the tests check only what the text alone shows.
const source = readFileSync('docs/deploy/main.bicep', 'utf8');
const guide = readFileSync('docs/deploy/azure-app-service.md', 'utf8');

/** The source without comments and strings, but with the expressions in strings. */
const code = source
  .replaceAll(/'(?:\\.|[^'\\])*'/g, (text) =>
    [...text.matchAll(/\$\{([^}]+)\}/g)].map(([, inner]) => inner).join(' '),
  )
  .replaceAll(/\/\/.*$/gm, '');

const KEYWORDS =
  /^(param|var|resource|output|existing|if|string|true|false|description|allowed|parent|scope)$/;
const FUNCTIONS = /^(resourceGroup|guid|empty|subscriptionResourceId)$/;

describe('main.bicep', () => {
  it('closes every bracket that it opens', () => {
    const open: string[] = [];
    for (const [sign] of code.matchAll(/[()[\]{}]/g)) {
      if ('([{'.includes(sign)) open.push(sign);
      else expect(`${open.pop()}${sign}`).toMatch(/^(\(\)|\[\]|\{\})$/);
    }
    expect(open).toEqual([]);
  });

  it('uses only names that it declares', () => {
    const declared = new Set(
      [...code.matchAll(/^(?:param|var|resource|output) (\w+)/gm)].map(([, name]) => name),
    );
    // Left out: words after a dot, and keys before a colon ("a ? b : c" has a space before it).
    const used = [...code.matchAll(/(?<![.\w])([a-zA-Z]\w*)(?!\w|:)/g)].map(
      ([, name = '']) => name,
    );
    const unknown = used.filter(
      (name) => !declared.has(name) && !KEYWORDS.test(name) && !FUNCTIONS.test(name),
    );
    expect(unknown).toEqual([]);
  });

  it('starts the packaged server with the same settings as the guide', () => {
    expect(source).toContain("'node _host/server.mjs'");
    expect(guide).toContain('--startup-file "node _host/server.mjs"');
    expect(source).toContain("'NODE|22-lts'");
    expect(guide).toContain('"NODE:22-lts"');
    const [, version] = /fhirservices@([\d-]+)'/.exec(source) ?? [];
    expect(guide).toContain(`--api-version ${version}`);
    for (const setting of ['WEBSITE_RUN_FROM_PACKAGE', 'SCM_DO_BUILD_DURING_DEPLOYMENT']) {
      const [, value] = new RegExp(`'${setting}', value: '(\\w+)'`).exec(source) ?? [];
      expect(guide).toContain(`${setting}=${value}`);
    }
  });
});
