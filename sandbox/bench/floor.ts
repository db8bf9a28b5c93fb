import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/**
 * Returns the "floor" page, the baseline of the benchmark: one HTML file that does the same job
 * with nothing but fetch and text nodes. It searches at every key typed and caches nothing.
 */
const page = (fhirBase: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Floor</title></head><body>
<h1>Patients</h1>
<input id="q" aria-label="Search"> <button id="next">Next page</button>
<table><tbody id="rows"></tbody></table>
<script>
const base = ${JSON.stringify(fhirBase)};
const rows = document.getElementById('rows');
let next;
let asked = 0;
const size = new URLSearchParams(location.search).get('size') || 20;
const nameOf = (p) => { const n = (p.name || [])[0] || {}; return n.text || [n.family, ...(n.given || [])].join(' '); };
async function load(url) {
  const mine = ++asked;
  const bundle = await (await fetch(url)).json();
  if (mine !== asked) return;
  next = (bundle.link || []).find((l) => l.relation === 'next')?.url;
  const all = (bundle.entry || []).filter((e) => e.resource.resourceType === 'Patient').map(({ resource }) => {
    const tr = document.createElement('tr');
    const td = document.createElement('td');
    const a = document.createElement('a');
    a.href = '#' + resource.id;
    a.textContent = nameOf(resource) || resource.id;
    a.onclick = (e) => { e.preventDefault(); open(resource.id); };
    td.append(a);
    tr.append(td);
    return tr;
  });
  rows.replaceChildren(...all);
}
async function open(id) {
  const patient = await (await fetch(base + '/Patient/' + id)).json();
  const h = document.createElement('h2');
  h.textContent = nameOf(patient);
  rows.replaceChildren(h);
}
document.getElementById('next').onclick = () => next && load(next);
document.getElementById('q').oninput = (e) => load(base + '/Patient?_count=' + size + '&name=' + encodeURIComponent(e.target.value));
load(base + '/Patient?_count=' + size);
</script></body></html>`;

/** Serves the floor page, compressed. */
export async function startFloor(
  fhirBase: string,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const body = gzipSync(page(fhirBase));
  const server = createServer((_req, res) => {
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'no-cache',
    });
    res.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
