import { describe, expect, it } from 'vitest';
import { scopedClassName } from '../../styles.config.ts';

describe('scoped class name', () => {
  it('is the same in every checkout, even on Windows', () => {
    const here = scopedClassName('button', '/usr/src/app/src/ui/button.module.css');
    expect(scopedClassName('button', '/home/me/src/ui/button.module.css')).toBe(here);
    expect(scopedClassName('button', 'C:\\work\\src\\ui\\button.module.css')).toBe(here);
    expect(here).toMatch(/^button-[0-9a-f]{3}$/);
  });

  it('differs between files', () => {
    expect(scopedClassName('title', '/x/src/ui/page.module.css')).not.toBe(
      scopedClassName('title', '/x/src/ui/notice.module.css'),
    );
  });

  it('is refused if two files would share it', () => {
    // With three hexadecimal digits, two of 4,097 files share their scope.
    expect(() => {
      for (let n = 0; n <= 4096; n += 1) scopedClassName('same', `/x/src/${n}.module.css`);
    }).toThrow(/rename one/);
  });
});
