import type { Finding } from '../../engine/interface/events.ts';
import { LEVELS } from '../../specs/types/contract-types.ts';

export interface MergedFindings {
  readonly all: readonly Finding[];
  /** The id of what a part reported under `id`. */
  idOf(part: number, id: string): string;
}

/** The findings of the parts of a run: what several met is one, shown by its best example, and all are numbered anew. */
export function mergeFindings(parts: readonly (readonly Finding[])[]): MergedFindings {
  const groups: { part: number; finding: Finding }[][] = [];
  for (const [part, findings] of parts.entries()) {
    for (const finding of findings) {
      const group = groups.find((members) => members.some((one) => isSame(one.finding, finding)));
      if (group === undefined) groups.push([{ part, finding }]);
      else group.push({ part, finding });
    }
  }
  const ids = new Map<string, string>();
  const all = groups
    .map((members) => ({ members, finding: joined(members.map(({ finding }) => finding)) }))
    .sort((a, b) => LEVELS.indexOf(a.finding.level) - LEVELS.indexOf(b.finding.level))
    .map(({ members, finding }, index): Finding => {
      const id = `F-${String(index + 1).padStart(4, '0')}`;
      for (const one of members) ids.set(`${one.part} ${one.finding.id}`, id);
      return { ...finding, id };
    });
  return { all, idOf: (part, id) => ids.get(`${part} ${id}`) ?? id };
}

/** Two guises of one fault: the same key, or the key of one among those that the other explains. */
function isSame(a: Finding, b: Finding): boolean {
  if (a.key === b.key) return true;
  return a.requirement === b.requirement && (a.variants.includes(b.key) || b.variants.includes(a.key));
}

function joined(findings: readonly Finding[]): Finding {
  const [best] = [...findings].sort(
    (a, b) => b.reproduced.failures - a.reproduced.failures || a.steps.length - b.steps.length,
  );
  if (best === undefined) throw new Error('a group without a finding');
  const union = (of: (finding: Finding) => readonly string[]): readonly string[] => [...new Set(findings.flatMap(of))];
  return {
    ...best,
    sightings: findings.reduce((sum, { sightings }) => sum + sightings, 0),
    variants: union(({ variants }) => variants),
    alsoBreaks: union(({ alsoBreaks }) => alsoBreaks).filter((id) => id !== best.requirement),
  };
}
