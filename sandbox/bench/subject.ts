/** How to use one page that is measured. Everything else about it is measured alike. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  /** The first patient's name, once it is there. */
  readonly row: string;
  readonly next: string;
  readonly search: string;
  /** The heading of an opened patient. */
  readonly heading: string;
}

export const floorSubject = (origin: string): Subject => ({
  name: 'Floor (one HTML file)',
  url: `${origin}/`,
  row: 'tbody a',
  next: '#next',
  search: '#q',
  heading: 'h2',
});

export const appSubject = (origin: string): Subject => ({
  name: 'Patient Browser',
  url: `${origin}/patients`,
  row: 'tbody a',
  next: 'nav[aria-label="Pages"] button:nth-of-type(2)',
  search: '[role="search"] input, search input',
  heading: 'h1',
});
