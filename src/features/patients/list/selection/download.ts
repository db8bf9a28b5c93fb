import { saveFile } from '#lib/save-file.ts';

/** Lets the browser save a file with this content; nothing is sent over the network. */
export function download(name: string, type: string, content: string): void {
  saveFile(new Blob([content], { type }), name);
}
