import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';

async function find(app: App, text: string): Promise<void> {
  await app.list.box.fill(text);
  await app.list.searchButton.click();
  await app.listIsFilled();
}

test.describe('the box understands', () => {
  for (const [text, name] of [
    ['佐藤 太郎', /佐藤/],
    ['佐藤太郎', /佐藤/],
    ['太郎 佐藤', /佐藤/],
    ['Taro Sato', /佐藤|SATO/],
    ['박은주', /박/],
    ['נועה לוי', /לוי/],
    ['ليلى الزهراني', /الزهراني/],
    ['νικος οικονομου', /Οικονόμου/i],
    ['Соломія Ґедзь', /Ґедзь/i],
    ['my pham', /^PHẠM/],
  ] as const) {
    test(`a name in its script and in any order: ${text}`, async ({ app }) => {
      await app.openList();
      await find(app, text);
      await expect(app.list.patient(name).first()).toBeVisible();
      expect(await app.list.rows.count()).toBeLessThan(20);
    });
  }

  for (const [text, sent] of [
    ['1960', 'birthdate=1960'],
    ['Dec 1960', 'birthdate=1960-12'],
    ['25 Dec 1960', 'birthdate=1960-12-25'],
    ['25-Dec-1960', 'birthdate=1960-12-25'],
    ['1960-12-25', 'birthdate=1960-12-25'],
    ['25/12/1960', 'birthdate=1960-12-25'],
    ['12/25/1960', 'birthdate=1960-12-25'],
  ] as const) {
    test(`a birth date as people write it: ${text}`, async ({ app, sandbox }) => {
      await app.openList();
      sandbox.fhir.log.length = 0;
      await app.list.box.fill(text);
      await app.list.searchButton.click();
      await expect
        .poll(() => sandbox.fhir.log.map(({ query }) => query).join('\n'))
        .toMatch(new RegExp(`${sent}(&|$)`, 'm'));
    });
  }
});

test.describe('filters and pages of other servers', () => {
  test('every filter that Microsoft refuses and HAPI knows: deceased, living, phone, identifier', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    await app.list.moreFilters.click();
    await expect(app.list.filter('Status').getByRole('option')).toHaveText([
      'Any',
      'Active record',
      'Inactive record',
      'Living',
      'Deceased',
    ]);
    for (const [field, value, query] of [
      ['Status', 'deceased', /deceased=true/],
      ['Phone', '+44 1632 964068', /phone=/],
      ['Identifier', 'RGH800016', /identifier=RGH800016/],
      ['Family name', 'Elder', /family=Elder/],
      ['Given name', 'Methusa', /given=Methusa/],
    ] as const) {
      sandbox.fhir.log.length = 0;
      const control = app.list.filter(field);
      if (field === 'Status') await control.selectOption(value);
      else await control.fill(value);
      await app.list.searchButton.click();
      await expect
        .poll(() => sandbox.fhir.log.some((r) => query.test(r.query)), { message: field })
        .toBe(true);
      await app.list.clear.click();
      if ((await app.list.moreFilters.getAttribute('aria-expanded')) !== 'true')
        await app.list.moreFilters.click();
    }
    await expect(page.getByText('ignored part of the search')).toHaveCount(0);
  });

  test('handling=strict where the site allows it: what the server does not know is refused', async ({
    app,
    page,
    stage,
    sandbox,
  }) => {
    const config = sandbox.appConfig();
    stage.host.setConfig({
      ...config,
      servers: config.servers.map((server) => ({
        ...server,
        requests: { strictSearch: true },
      })),
    });
    await app.open('/patients');
    await app.listIsFilled();
    await app.list.moreFilters.click();
    await app.list.filter('Given name').waitFor();
    sandbox.fhir.behaviour.unsupported.add('Patient.given');
    const asked = page.waitForRequest((r) => r.url().includes('given=Methusa'));
    await app.list.filter('Given name').fill('Methusa');
    await app.list.searchButton.click();
    expect((await asked).headers()['prefer']).toBe('handling=strict');
    await expect(app.list.rows).toHaveCount(0);
    await app.list.alert.getByRole('button', { name: 'Search without the filters' }).click();
    await app.listIsFilled();
  });

  test('rows per page: asked of the server, kept for the next time', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    await page.getByLabel('Rows per page').selectOption('50');
    await expect(app.list.rows).toHaveCount(50);
    expect(sandbox.fhir.log.some(({ query }) => query.includes('_count=50'))).toBe(true);
    await page.reload();
    await app.listIsFilled();
    await expect(app.list.rows).toHaveCount(50);
    await expectAccessible(page, 'fifty rows');
  });
});
