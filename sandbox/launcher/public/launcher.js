// The launcher page: reads the choices from the EHR and registers a launch whenever one changes.
const element = (id) => document.getElementById(id);
const form = element('form');

async function fetchJson(path, body) {
  const response = await fetch(path, {
    method: body ? 'POST' : 'GET',
    ...(body && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

/** Wraps a handler so that an error is shown on the page. */
const guarded =
  (work) =>
  async (...args) => {
    try {
      await work(...args);
      element('problem').textContent = '';
    } catch (error) {
      element('problem').textContent = `The EHR did not answer: ${error.message}`;
    }
  };

function fill(select, choices, none) {
  const options = [...(none ? [{ value: '', text: none }] : []), ...choices];
  select.replaceChildren(...options.map(({ value, text }) => new Option(text, value)));
  select.selectedIndex = 0;
}

const patientText = ({ id, name, birthDate, gender }) =>
  [name.slice(0, 80), birthDate ?? 'birth date not known', gender ?? '', id]
    .filter(Boolean)
    .join(' · ');

let latestSearch = 0;
const findPatients = guarded(async () => {
  const search = ++latestSearch;
  const query = new URLSearchParams({ search: element('search').value });
  const patients = await fetchJson(`/launcher/patients?${query}`);
  if (search !== latestSearch) return;
  const choices = patients.map((patient) => ({ value: patient.id, text: patientText(patient) }));
  fill(element('patient'), choices, 'No patient in context');
  if (choices.length > 0) element('patient').selectedIndex = 1;
  element('found').textContent =
    patients.length === 0 ? 'No patient has this name or id.' : `${patients.length} shown.`;
  await findEncounters();
});

async function findEncounters() {
  const query = new URLSearchParams({ patient: element('patient').value });
  const encounters = await fetchJson(`/launcher/encounters?${query}`);
  fill(
    element('encounter'),
    encounters.map(({ id, name }) => ({ value: id, text: `${name} (${id})` })),
    'No encounter in context',
  );
  await makeLaunch();
}

function chosenContext() {
  const value = (id) => element(id).value || undefined;
  const banner = value('banner');
  return {
    patient: value('patient'),
    encounter: value('encounter'),
    practitioner: value('practitioner'),
    need_patient_banner: banner && banner === 'true',
    smart_style_url: value('style'),
    intent: value('intent'),
  };
}

let latestLaunch = 0;
async function makeLaunch() {
  const launch = ++latestLaunch;
  const app = element('app').value;
  const made = await fetchJson('/launcher/launches', { app, context: chosenContext() });
  if (launch !== latestLaunch) return;
  element('context').textContent = JSON.stringify(made.context, null, 2);
  element('url').textContent = made.url;
  element('here').href = made.url;
  element('tab').href = made.url;
  element('frame').href = `/launcher/frame?${new URLSearchParams({ app, launch: made.launch })}`;
}

let timer;
const soon = (work) => {
  clearTimeout(timer);
  timer = setTimeout(work, 200);
};

form.addEventListener('submit', (event) => event.preventDefault());
element('search').addEventListener('input', () => soon(findPatients));
element('patient').addEventListener('change', guarded(findEncounters));
for (const id of ['encounter', 'practitioner', 'banner', 'style', 'app']) {
  element(id).addEventListener('change', guarded(makeLaunch));
}
element('intent').addEventListener('input', () => soon(guarded(makeLaunch)));
element('make-token').addEventListener(
  'click',
  guarded(async () => {
    const practitioner = element('practitioner').value;
    const { token } = await fetchJson('/launcher/token', { practitioner });
    element('token').textContent = token;
  }),
);

await guarded(async () => {
  const { practitioners, apps, styleUrl } = await fetchJson('/launcher/choices');
  fill(
    element('practitioner'),
    practitioners.map(({ id, name }) => ({ value: id, text: `${name} (${id})` })),
  );
  fill(
    element('app'),
    apps.map((app) => ({ value: app, text: app })),
  );
  element('style').append(new Option('The sandbox’s style', styleUrl));
  await findPatients();
})();
