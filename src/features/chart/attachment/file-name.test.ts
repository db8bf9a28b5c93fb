import { expect, test } from 'vitest';
import { fileName } from './file-name.ts';

test.each([
  ['Letter', 'application/pdf', 'Letter.pdf'],
  ['letter.PDF', 'application/pdf; q=1', 'letter.PDF'],
  ['letter.exe', 'application/pdf', 'letter.exe.pdf'],
  ['setup.exe', 'application/x-msdownload', 'setup.exe.bin'],
  ['setup.exe', undefined, 'setup.exe.bin'],
  ['../../<b>evil</b>.html', 'text/html', 'b evil b .html'],
  ['letter\u202efdp.exe', 'application/pdf', 'letter fdp.exe.pdf'],
  ['..\\..\\C:\\x', 'text/plain', 'C x.txt'],
  ['Grüße an Ελένη', 'text/plain', 'Grüße an Ελένη.txt'],
  ['...', 'text/plain', 'attachment.txt'],
  [undefined, 'image/png', 'attachment.png'],
])('%s as %s is saved as %s', (title, type, expected) => {
  expect(fileName(title, type, 'attachment')).toBe(expected);
});
