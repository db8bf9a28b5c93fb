import { createHash } from 'node:crypto';

const files = new Map<string, string>();

/**
 * Returns the class name that the build gives to a class of a CSS module: its own name and three
 * characters for its file. The name is in the style sheet and in the script, so its length counts
 * twice in the budgets; Vite's default (`_name_hash_line`) makes the first list half a kilobyte
 * larger.
 *
 * @param file path of the CSS module. The part before `src/` is ignored, so that the same sources
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

/** The option `css.modules` of Vite. The build and the prerendered list must name classes alike. */
export const CSS_MODULES = { generateScopedName: scopedClassName };
