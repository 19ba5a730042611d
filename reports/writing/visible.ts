/**
 * What a terminal or a reader would not see, or would act on: control and format characters (ANSI escapes, bidi
 * overrides, zero-width marks), separators that look like a space or a line end, lone surrogates, noncharacters
 * (which XML forbids).
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?! )\p{Zs}/gu;

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/**
 * The text with everything invisible spelled out as `\xNN` or `\u{N}`, on one line and safe for a terminal and for
 * XML. With `max` (characters), a longer text is cut and ends in `… (N characters)`, N being those of the original.
 */
export function visible(text: string, max?: number): string {
  if (max === undefined) return text.replace(HIDDEN, escape);
  let shown = '';
  let length = 0;
  let seen = 0;
  let cut: string | undefined;
  for (const character of text) {
    seen += 1;
    if (cut !== undefined) continue;
    const piece = character.replace(HIDDEN, escape);
    const width = piece === character ? 1 : piece.length;
    if (length + width > max) cut = shown;
    shown += piece;
    length += width;
  }
  return cut === undefined ? shown : `${cut}… (${seen} characters)`;
}
