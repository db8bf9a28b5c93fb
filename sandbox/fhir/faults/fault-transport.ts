import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { fhirJson, type Answer } from '../answer.ts';
import type { Fault } from './faults.ts';

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** Returns the response that a fault sends instead of the real one; undefined for none. */
export function faultAnswer(fault: Fault): Answer | undefined {
  const { status, body } = fault;
  if (status === undefined && body === undefined) return undefined;
  return {
    status: status ?? 200,
    headers: fault.headers ?? {},
    contentType: fault.contentType ?? fhirJson,
    body: typeof body === 'object' ? JSON.stringify(body) : (body ?? ''),
  };
}

/** Returns the real response with a fault's changes. */
export function spoil(answer: Answer, fault: Fault): Answer {
  const body = fault.rewrite
    ? JSON.stringify(fault.rewrite(JSON.parse(answer.body.toString()) as unknown))
    : answer.body;
  return {
    ...answer,
    body,
    headers: { ...answer.headers, ...fault.headers },
    contentType: fault.contentType ?? answer.contentType,
  };
}

async function* trickle(body: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += 1) {
    yield body.subarray(at, at + 1);
    // oxlint-disable-next-line no-await-in-loop -- a byte a second is the point
    await wait(1000);
  }
}

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');

function* flood(body: Buffer): Generator<Buffer> {
  yield body;
  for (;;) yield MEGABYTE;
}

/** Sends a response, whole or, for a fault, in part. */
export function send(res: ServerResponse, answer: Answer, connection?: Fault['connection']): void {
  if (connection === 'drop') {
    res.destroy();
    return;
  }
  const body = Buffer.from(answer.body);
  if (body.length > 0) res.setHeader('Content-Type', answer.contentType);
  const endless = connection === 'trickle' || connection === 'flood';
  if (answer.status !== 204 && !endless) res.setHeader('Content-Length', body.length);
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.statusCode = answer.status;
  if (endless) {
    const pieces = connection === 'trickle' ? trickle(body) : flood(body);
    // The stream ends only when the client disconnects, which is not an error here.
    pipeline(Readable.from(pieces), res, () => undefined);
    return;
  }
  if (connection !== 'cut') {
    res.end(body);
    return;
  }
  res.setHeader('Content-Length', body.length + 1);
  res.write(body.subarray(0, Math.floor(body.length / 2)), () => res.destroy());
}
