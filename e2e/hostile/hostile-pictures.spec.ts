import { expect, test } from '../fixtures.ts';
import { PATIENT } from '../support/launch.ts';
import { settled } from '../support/settled.ts';

test.describe('hostile pictures', () => {
  const PIXEL =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const SVG = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.__xss=1"><script>globalThis.__xss=1</script></svg>',
  ).toString('base64');

  test('requirement 54: a photo is never fetched from its address, and an SVG is never shown', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    const photo = [
      { contentType: 'image/svg+xml', data: SVG },
      { contentType: 'image/png', data: SVG },
      { contentType: 'text/html', data: btoa('<script>globalThis.__xss=1</script>') },
      { contentType: 'image/png', url: `${attacker.origin}/photo.png` },
      { contentType: 'image/png', url: 'javascript:globalThis.__xss=1' },
      { contentType: 'image/png', data: PIXEL.repeat(40_000) },
    ];
    const answer = JSON.stringify({
      resourceType: 'Patient',
      id: PATIENT,
      meta: { versionId: '1' },
      name: [{ family: 'Pictured' }],
      photo,
    });
    sandbox.fhir.faults.add({
      method: 'GET',
      path: /\/Patient\/p0001$/,
      status: 200,
      body: answer,
      contentType: 'application/fhir+json',
    });
    for (const path of [`/patients/${PATIENT}`, `/patients/${PATIENT}/edit`]) {
      await app.open(path);
      await expect(page.getByText(/pictured/i).first()).toBeVisible();
      await settled(page, sandbox);
      const sources = await page
        .locator('img, image, object, embed, iframe')
        .evaluateAll((all) =>
          all.map(
            (e) =>
              (e.getAttribute('src') ?? e.getAttribute('href') ?? e.getAttribute('data')) || '',
          ),
        );
      expect(sources.filter((s) => !/^(?:\/|data:image\/(?:png|jpeg|gif|webp);)/.test(s))).toEqual(
        [],
      );
      expect(sources.filter((s) => s.length > 1_500_000)).toEqual([]);
      expect(await page.evaluate(() => Reflect.get(globalThis, '__xss') as unknown)).toBe(
        undefined,
      );
      await app.shell.signOut.click();
    }
    expect(attacker.visits).toEqual([]);
  });
});
