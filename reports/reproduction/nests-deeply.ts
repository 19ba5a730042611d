/** No shape of the API nests deeper than this; writing JSON of many thousand levels is more than a stack holds. */
const deepest = 64;

/** Whether a JSON text has more levels than can be written again. */
export function nestsDeeply(json: string): boolean {
  let depth = 0;
  for (const character of json) {
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
