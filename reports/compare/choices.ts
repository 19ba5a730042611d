import type { ChoiceResult } from '../../engine/interface/events.ts';
import type { Change } from './run-record.ts';

/** Choices that the target takes otherwise than before. Moving away from AWS is a regression where AWS must be matched. */
export function compareChoices(
  before: readonly ChoiceResult[],
  after: readonly ChoiceResult[],
  matchAws: boolean,
): readonly Change[] {
  const old = new Map(before.map((choice) => [choice.id, choice]));
  return after.flatMap((choice): Change[] => {
    const was = old.get(choice.id);
    const told = (each: ChoiceResult): boolean => each.observations > 0;
    if (was === undefined || was.option === choice.option || !told(was) || !told(choice)) return [];
    const aws = choice.aws === null ? 'not known' : choice.aws;
    return [
      {
        kind: 'choice-changed',
        subject: choice.id,
        detail: `${was.option} before, now ${choice.option}; AWS: ${aws}`,
        regression: matchAws && choice.aws !== null && choice.option !== choice.aws,
      },
    ];
  });
}
