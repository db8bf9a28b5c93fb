import type { IncomingMessage } from 'node:http';

const LIMIT = 64 * 1024;

/**
 * Reads a form body and puts it back into the stream, so that oidc-provider can read it too.
 *
 * Requires a Content-Length, which browsers always send for a form, because bytes can be put back
 * only before the end of the stream is reached.
 *
 * @throws {Error} for a body without a length, over 64 KiB, or cut short
 */
export async function peekForm(req: IncomingMessage): Promise<URLSearchParams> {
  const bytes = await readExactly(req, Number(req.headers['content-length'] ?? Number.NaN));
  if (bytes.length > 0) req.unshift(bytes);
  return new URLSearchParams(bytes.toString('utf8'));
}

/** Replaces the form that `peekForm` has just read. */
export async function replaceForm(req: IncomingMessage, form: URLSearchParams): Promise<void> {
  await readExactly(req, Number(req.headers['content-length']));
  const bytes = Buffer.from(form.toString());
  req.headers['content-length'] = String(bytes.length);
  req.unshift(bytes);
}

function readExactly(req: IncomingMessage, length: number): Promise<Buffer> {
  if (!Number.isInteger(length) || length > LIMIT) {
    return Promise.reject(new Error('the form needs a Content-Length of at most 64 KiB'));
  }
  if (length === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const finish = (settle: () => void): void => {
      req.off('readable', onReadable).off('close', onClose).off('error', onClose);
      settle();
    };
    const onClose = (): void => finish(() => reject(new Error('the request was cut short')));
    const onReadable = (): void => {
      for (;;) {
        const chunk: unknown = req.read();
        if (!Buffer.isBuffer(chunk)) return;
        chunks.push(chunk);
        received += chunk.length;
        if (received >= length) return finish(() => resolve(Buffer.concat(chunks)));
      }
    };
    req.on('readable', onReadable).on('close', onClose).on('error', onClose);
    onReadable();
  });
}
