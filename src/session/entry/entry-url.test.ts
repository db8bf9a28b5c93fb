import { describe, expect, it } from 'vitest';
import { readEntry, scrubbed } from './entry-url.ts';
import { recentRedirects } from './redirect-guard.ts';
import { safePath } from './return-to.ts';

const at = (path: string): URL => new URL(path, 'https://app.example');

describe('entry URL', () => {
  it.each([
    ['/launch?iss=x&launch=y', 'launch'],
    ['/launch/', 'launch'],
    ['/callback?code=x', 'callback'],
    ['/patients/launch', 'page'],
    ['/launcher', 'page'],
    ['/', 'page'],
  ])('%s is a %s', (path, kind) => {
    expect(readEntry(at(path), '/').kind).toBe(kind);
  });

  it('recognises a launch below the base path of the app', () => {
    expect(readEntry(at('/app/launch'), '/app/').kind).toBe('launch');
  });

  it('requirement 31: removes every parameter of a launch and a callback', () => {
    for (const path of [
      '/launch?iss=x&launch=y&patientId=z',
      '/callback?code=a&state=b&error=c&error_description=d&iss=e#x',
      '/callback?anything=1',
    ]) {
      const url = at(path);
      expect(scrubbed(url, readEntry(url, '/'))).toBe(url.pathname);
    }
  });

  it('requirement 31: keeps the parameters of a page and removes those of a sign-in protocol', () => {
    const url = at('/patients?sort=name&code=a&state=b&fhirServiceUrl=https://evil&size=20');
    expect(scrubbed(url, readEntry(url, '/'))).toBe('/patients?sort=name&size=20');
    const hash = at('/patients#code=a&state=b');
    expect(scrubbed(hash, readEntry(hash, '/'))).toBe('/patients');
    const own = at('/patients#main');
    expect(scrubbed(own, readEntry(own, '/'))).toBe('/patients#main');
  });
});

describe('requirement 71: path to return to after sign-in', () => {
  const safe = (path: string) => safePath(path, 'https://app.example', '/');

  it.each(['/patients', '/patients/p1?x=1#y', '/'])('accepts %s', (path) => {
    expect(safe(path)).toBe(path);
  });

  it.each([
    '//evil.test',
    '/\\evil.test',
    'https://evil.test/',
    'https:evil.test',
    'javascript:alert(1)',
    ' /patients',
    '/a b',
    '/\tx',
    '',
    'patients',
    '/launch?iss=x',
    '/callback',
    '/redirect.html',
  ])('rejects %j', (path) => {
    expect(safe(path)).toBeUndefined();
  });

  it('must lie below the base path of the app', () => {
    expect(safePath('/other', 'https://app.example', '/app/')).toBeUndefined();
    expect(safePath('/app/patients', 'https://app.example', '/app/')).toBe('/app/patients');
  });
});

describe('redirects within a minute', () => {
  it('do not include older redirects and those in the future', () => {
    expect(recentRedirects([0, 50_000, 200_000], 100_000)).toEqual([50_000, 100_000]);
  });
});
