import { saveFile } from '#lib/save-file.ts';

/** Gives the person a file made here: nothing is sent anywhere. */
export function download(name: string, type: string, content: string): void {
  saveFile(new Blob([content], { type }), name);
}
