import type { Patient } from 'fhir/r4';
import { addDays, instant } from './calendar.ts';
import type { Shape } from './shape.ts';

/** Texts that become markup or code wherever a page does not treat them as text. */
const attack = {
  image: '<img src=x onerror="globalThis.__xss=1">',
  script: '</script><script>globalThis.__xss=2</script>',
  svg: '<svg onload=globalThis.__xss=3>',
  template: '{{constructor.constructor("globalThis.__xss=4")()}} ${globalThis.__xss=5}',
  url: 'javascript:globalThis.__xss=6',
  dataUrl: 'data:text/html,<script>globalThis.__xss=7</script>',
  formula: '=HYPERLINK("https://evil.example","click")',
  quote: `"'\`><b>bold</b>&lt;&amp;`,
} as const;

const shapes: Record<string, Shape> = {
  hostile: {
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${attack.script}<p onclick="globalThis.__xss=8">Narrative</p><a href="${attack.url}">link</a></div>`,
    },
    identifier: [
      {
        system: attack.url,
        value: attack.image,
        type: { text: attack.script },
        assigner: { display: attack.svg },
      },
    ],
    name: [
      {
        use: 'official',
        family: attack.image,
        given: [attack.script, attack.template],
        prefix: [attack.svg],
        suffix: [attack.quote],
      },
    ],
    telecom: [
      { system: 'phone', value: attack.url },
      { system: 'email', value: `a@b.example" onmouseover="globalThis.__xss=9` },
      { system: 'url', value: attack.url },
      { system: 'url', value: attack.dataUrl },
    ],
    gender: 'unknown',
    birthDate: '1980-01-01',
    address: [
      {
        text: attack.image,
        line: [attack.script, attack.formula],
        city: attack.svg,
        country: attack.quote,
      },
    ],
    maritalStatus: { text: attack.image },
    photo: [{ contentType: 'image/svg+xml', url: attack.url, title: attack.image }],
    contact: [
      {
        name: { text: attack.image },
        relationship: [{ text: attack.script }],
        telecom: [{ system: 'phone', value: attack.image }],
      },
    ],
    communication: [{ language: { text: attack.image } }],
    generalPractitioner: [
      { display: attack.image, reference: 'https://evil.example/fhir/Practitioner/1' },
    ],
    managingOrganization: { reference: attack.url, display: attack.svg },
  },
  'hostile-bidi': {
    name: [
      {
        use: 'official',
        family: '\u202Enhoj\u202C gnoW',
        given: ['\u2066Left\u2069', '\u200BZero\u200B\u200DWidth\uFEFF'],
      },
    ],
    identifier: [{ system: 'https://riverside.example/mrn', value: 'RGH\u202E000007' }],
    gender: 'female',
    birthDate: '1981-02-02',
  },
  'hostile-long': {
    name: [
      {
        use: 'official',
        family: 'X'.repeat(5_000),
        given: ['Long'.repeat(250), 'word '.repeat(500).trim()],
      },
    ],
    telecom: [{ system: 'phone', value: '9'.repeat(2_000) }],
    address: [
      { line: Array.from({ length: 60 }, (_, i) => `Line ${i}`), city: 'Llanfair'.repeat(60) },
    ],
    gender: 'male',
    birthDate: '1982-03-03',
  },
  'hostile-unicode': {
    name: [{ use: 'official', family: 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘', given: ['👩‍👩‍👧‍👦', '𝕱𝖗𝖆𝖐', '\u0130\u0131ßŒ'] }],
    gender: 'other',
    birthDate: '1983-04-04',
  },
  'hostile-control': {
    name: [
      {
        use: 'official',
        family: 'Tab\tNew\nLine',
        given: ['%00%0d%0aSet-Cookie:x=1', "'; DROP TABLE Patient; --", '../../../etc/passwd'],
      },
    ],
    identifier: [{ system: 'a|b', value: 'c|d,e\\f$g' }],
    gender: 'male',
    birthDate: '1984-05-05',
  },
  'hostile-proto': {
    name: [
      {
        use: 'official',
        family: '__proto__',
        given: ['constructor', 'toString', 'null', 'undefined', 'NaN'],
      },
    ],
    identifier: [{ system: '__proto__', value: 'hasOwnProperty' }],
    gender: 'female',
    birthDate: '1985-06-06',
  },
};

/** Returns patients with hostile text in every field shown; `globalThis.__xss` must stay unset. */
export function hostilePatients(now: string): Patient[] {
  return Object.entries(shapes).map(([key, shape], index) => ({
    resourceType: 'Patient',
    id: `awkward-${key}`,
    ...shape,
    meta: { versionId: '1', lastUpdated: instant(addDays(now, -200 + index), 10) },
  }));
}
