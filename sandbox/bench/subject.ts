/** Address and selectors of one measured page. Both pages are measured by the same steps. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  /** Selector of the first patient's name. */
  readonly row: string;
  readonly next: string;
  readonly search: string;
  /** Selector of the heading of an opened patient. */
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
