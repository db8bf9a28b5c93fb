import { expect, test } from 'vitest';
import { LONGEST } from '#lib/long-text.ts';
import { shownAttachment } from './attachment.ts';

test('plain text is decoded; links must be safe; the rest is only named', () => {
  const data = btoa(String.fromCharCode(...new TextEncoder().encode('Grüße')));
  expect(shownAttachment({ contentType: 'text/plain', data })).toMatchObject({
    kind: 'text',
    content: 'Grüße',
    cut: false,
  });
  const long = btoa('x'.repeat(LONGEST + 1));
  expect(shownAttachment({ contentType: 'text/plain', data: long })).toMatchObject({
    content: 'x'.repeat(LONGEST),
    cut: true,
  });
  expect(shownAttachment({ contentType: 'text/html', data })).toMatchObject({ kind: 'other' });
  expect(shownAttachment({ url: 'javascript:alert(1)' })).toMatchObject({ kind: 'other' });
  expect(shownAttachment({ url: 'https://example.org/a.pdf' })).toMatchObject({ kind: 'link' });
  expect(shownAttachment({ contentType: 'text/plain', data: '%%%' })).toMatchObject({
    kind: 'other',
  });
});
