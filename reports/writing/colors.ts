import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Text in colours, or as it is. */
export type Colors = { readonly [style in Style]: (text: string) => string } & { readonly on: boolean };

export function createColors(on: boolean): Colors {
  const paint =
    (style: Style) =>
    (text: string): string =>
      on ? styleText(style, text, { validateStream: false }) : text;
  return {
    on,
    bold: paint('bold'),
    dim: paint('dim'),
    green: paint('green'),
    red: paint('red'),
    yellow: paint('yellow'),
  };
}
