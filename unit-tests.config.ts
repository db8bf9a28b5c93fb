import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProjectConfiguration } from 'vitest/config';

const FOLDERS = ['src', 'sandbox'];
const TEST = /\.test\.tsx?$/;

/** Matches test files that change shared state: globals, modules, settings, a session. */
const CHANGES = /\bvi\.|\bglobalThis\b|defineProperty|changeSettings|keepEarly|from '#session\//;

const all = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => TEST.test(file))
    .map((file) => join(folder, file).replaceAll('\\', '/')),
);

const alone = all.filter(
  (file) => file.startsWith('src/session/') || CHANGES.test(readFileSync(file, 'utf8')),
);

const project = (name: string, include: string[], isolate: boolean): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, isolate },
});

/**
 * The unit tests in two groups. Loading the modules again for each file takes longer than most
 * tests: files that change no shared state reuse the loaded modules, and each other file is
 * isolated.
 */
export const unitTests: TestProjectConfiguration[] = [
  project('alone', alone, true),
  project(
    'together',
    all.filter((file) => !alone.includes(file)),
    false,
  ),
];
