import { createHash } from 'node:crypto';

const files = new Map<string, string>();

/**
 * Returns the name in the build of a class of a CSS module: the class's own name and three characters
 * for its file. It stands in the style and in the script, so its length counts twice in the budgets;
 * the default (`_name_hash_line`) costs the first list half a kilobyte more.
 *
 * @param file the path of the CSS module. What comes before `src/` does not count: the same sources
 *   give the same names in every checkout.
 * @throws {Error} if two files would give their classes the same name
 */
export function scopedClassName(name: string, file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^.*\/src\//, '');
  const scope = createHash('sha256').update(path).digest('hex').slice(0, 3);
  const scoped = `${name}-${scope}`;
  const other = files.get(scoped);
  if (other !== undefined && other !== path) {
    throw new Error(`"${name}" has the same name in ${other} and ${path}: rename one of the two`);
  }
  files.set(scoped, path);
  return scoped;
}
