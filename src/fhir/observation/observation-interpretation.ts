import { record, records, text } from '#lib/narrow.ts';
import { conceptText } from '../values/coding.ts';

/** How far a value asks for attention; the words beside it carry the meaning. */
export type Level = 'normal' | 'abnormal' | 'critical';

interface Meaning {
  readonly level: Level;
  readonly direction?: 'high' | 'low';
}

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation, the codes in common use. */
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

/** Older codes of the same meaning. */
const SAME: ReadonlyMap<string, InterpretationCode> = new Map([
  ['H>', 'HU'],
  ['L<', 'LU'],
]);

/**
 * The code systems of which the codes are: HL7 v3, table 0078 of HL7 v2, and the names that both
 * had before R4. A laboratory's own letters mean what it says they mean.
 */
const SYSTEMS =
  /^(?:https?:\/\/(?:terminology\.)?hl7\.org\/.*(?:ObservationInterpretation|0078|observation-interpretation)|urn:oid:2\.16\.840\.1\.113883\.(?:5\.83|12\.78))$/;

export interface Interpretation extends Meaning {
  /** One of the known codes, for words in the language of the page. */
  readonly code: InterpretationCode | undefined;
  /** What the server wrote that the code does not say; all of it where the code is not known. */
  readonly text: string | undefined;
  /** The part that it is said of, where that is not the whole. */
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
 * What the laboratory or device says of a value. Nothing is concluded here from a reference range:
 * which range holds for this person is the laboratory's knowledge.
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
    // HL7's "Intermediate" is EUCAST's "susceptible, increased exposure": only the words tell.
    const ambiguous = code === 'I' ? display : undefined;
    const beside = own === text(coding['code']) || own === display ? undefined : own;
    return [{ ...MEANINGS[code], code, text: beside ?? ambiguous }];
  });
}
