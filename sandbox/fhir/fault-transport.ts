import type { ServerResponse } from 'node:http';
import { fhirJson, type Answer } from './answer.ts';
import type { Fault } from './faults.ts';

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** The answer that a fault puts in place of the real one; undefined where the request is to be carried out. */
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

/** The real answer with a fault's changes. */
export function spoil(answer: Answer, fault: Fault): Answer {
  const body = fault.rewrite
    ? JSON.stringify(fault.rewrite(JSON.parse(answer.body) as unknown))
    : answer.body;
  return {
    ...answer,
    body,
    headers: { ...answer.headers, ...fault.headers },
    contentType: fault.contentType ?? answer.contentType,
  };
}

/** Sends an answer, whole or, for a fault, in part. */
export function send(res: ServerResponse, answer: Answer, connection?: Fault['connection']): void {
  if (connection === 'drop') {
    res.destroy();
    return;
  }
  const body = Buffer.from(answer.body);
  if (body.length > 0) res.setHeader('Content-Type', answer.contentType);
  if (answer.status !== 204) res.setHeader('Content-Length', body.length);
  for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
  res.statusCode = answer.status;
  if (connection !== 'cut') {
    res.end(body);
    return;
  }
  res.setHeader('Content-Length', body.length + 1);
  res.write(body.subarray(0, Math.floor(body.length / 2)), () => res.destroy());
}
