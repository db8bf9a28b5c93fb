/** Milliseconds that a browser may take to read the file after the click: not specified anywhere. */
const KEPT_MS = 60_000;

/** Hands a file to the browser's downloads, with the name it shall have. Nothing is sent anywhere. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
