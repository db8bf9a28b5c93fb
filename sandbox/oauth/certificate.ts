import { generate } from 'selfsigned';

/** PEM texts of a self-signed certificate for this run of the sandbox. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the certificate, as a browser shows it. */
  readonly fingerprint: string;
}

/** Host names of the certificate. Tests map the second, the real login host, to the sandbox. */
const DNS_NAMES = ['localhost', 'login.microsoftonline.com'];

/** Makes a certificate for localhost, 127.0.0.1 and login.microsoftonline.com for 30 days. */
export async function makeCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...DNS_NAMES.map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert, fingerprint: made.fingerprint };
}
