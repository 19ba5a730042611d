import type { Script } from './play.ts';

/** Updates that are sent together, each with a session of its own that was opened before. */
const atOnce =
  (...updates: readonly string[]): Script =>
  async (player) => {
    const tokens: string[] = [];
    for (let count = 0; count < updates.length; count += 1) tokens.push(await player.list());
    await player.together(
      ...updates.map((patches, index): Script => async (lane) => {
        lane.token = tokens[index];
        await lane.update(patches);
      }),
    );
  };

/** A shortest race that shows each mutant. */
export const raceScripts: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['checked-before-the-write', atOnce('a@0=x', 'a@0=x')],
]);
