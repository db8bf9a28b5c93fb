/** Milliseconds that the browser has to read the file after the click; no standard sets a limit. */
const KEPT_MS = 60_000;

/** Downloads a file that is already in memory, under the given name. Sends nothing to a server. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
