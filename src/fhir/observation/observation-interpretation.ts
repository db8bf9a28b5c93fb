import { record, records, text } from '#lib/narrow.ts';
import { conceptText } from '../values/coding.ts';

/** How much attention a value needs. The text beside it gives the meaning. */
export type Level = 'normal' | 'abnormal' | 'critical';

interface Meaning {
  readonly level: Level;
  readonly direction?: 'high' | 'low';
}

/** Common codes of http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation. */
const MEANINGS = {
  N: { level: 'normal' },
  A: { level: 'abnormal' },
  AA: { level: 'critical' },
  H: { level: 'abnormal', direction: 'high' },
  HU: { level: 'abnormal', direction: 'high' },
  HX: { level: 'abnormal', direction: 'high' },
  HH: { level: 'critical', direction: 'high' },
  L: { level: 'abnormal', direction: 'low' },
  LU: { level: 'abnormal', direction: 'low' },
  LX: { level: 'abnormal', direction: 'low' },
  LL: { level: 'critical', direction: 'low' },
  '>': { level: 'abnormal', direction: 'high' },
  '<': { level: 'abnormal', direction: 'low' },
  U: { level: 'abnormal', direction: 'high' },
  D: { level: 'abnormal', direction: 'low' },
  B: { level: 'normal' },
  W: { level: 'abnormal' },
  POS: { level: 'abnormal' },
  NEG: { level: 'normal' },
  DET: { level: 'abnormal' },
  ND: { level: 'normal' },
  RR: { level: 'abnormal' },
  WR: { level: 'abnormal' },
  NR: { level: 'normal' },
  IND: { level: 'abnormal' },
  E: { level: 'abnormal' },
  EXP: { level: 'normal' },
  UNE: { level: 'abnormal' },
  R: { level: 'abnormal' },
  NS: { level: 'abnormal' },
  I: { level: 'abnormal' },
  SDD: { level: 'abnormal' },
  IE: { level: 'abnormal' },
  S: { level: 'normal' },
} as const satisfies Readonly<Record<string, Meaning>>;

export type InterpretationCode = keyof typeof MEANINGS;

/** Older codes and the current codes with the same meaning. */
const SAME: ReadonlyMap<string, InterpretationCode> = new Map([
  ['H>', 'HU'],
  ['L<', 'LU'],
]);

/**
 * The code systems of {@link MEANINGS}: HL7 v3, table 0078 of HL7 v2, and their names before R4. In
 * a laboratory's own system the same letters can have another meaning.
 */
const SYSTEMS =
  /^(?:https?:\/\/(?:terminology\.)?hl7\.org\/.*(?:ObservationInterpretation|0078|observation-interpretation)|urn:oid:2\.16\.840\.1\.113883\.(?:5\.83|12\.78))$/;

export interface Interpretation extends Meaning {
  /** The code, if known, which is shown in the language of the page. */
  readonly code: InterpretationCode | undefined;
  /** The server's text, if the code is unknown or the text says more than the code. */
  readonly text: string | undefined;
  /** The component that is interpreted, if not the whole Observation. */
  readonly of?: string | undefined;
}

function knownCode(coding: Readonly<Record<string, unknown>>): InterpretationCode | undefined {
  const system = text(coding['system']);
  const code = text(coding['code']);
  if (code === undefined || (system !== undefined && !SYSTEMS.test(system))) return undefined;
  return (
    SAME.get(code) ?? (Object.hasOwn(MEANINGS, code) ? (code as InterpretationCode) : undefined)
  );
}

/**
 * Returns the recorded interpretations of a value. Nothing is inferred from reference ranges,
 * because only the laboratory knows which range applies to the patient.
 */
export function interpretations(holder: unknown): readonly Interpretation[] {
  return records(record(holder)['interpretation']).flatMap((concept): Interpretation[] => {
    const coding = records(concept['coding']).find((c) => knownCode(c) !== undefined);
    const code = coding && knownCode(coding);
    if (!code) {
      const words = conceptText(concept);
      return words === undefined ? [] : [{ level: 'normal', code, text: words }];
    }
    const display = text(coding['display']);
    const own = text(concept['text']);
    // HL7 calls code I "Intermediate", EUCAST "susceptible, increased exposure": keep the display.
    const ambiguous = code === 'I' ? display : undefined;
    const beside = own === text(coding['code']) || own === display ? undefined : own;
    return [{ ...MEANINGS[code], code, text: beside ?? ambiguous }];
  });
}
