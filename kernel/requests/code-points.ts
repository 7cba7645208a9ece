/** The protocol counts a cursor's place in Unicode code points, JavaScript in UTF-16 units. */

/** The UTF-16 offset of a place counted in code points; a place beyond the text is its end. */
export function toUnits(text: string, codePoints: number): number {
  let units = 0;
  for (let i = 0; i < codePoints && units < text.length; i++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}

/** How many code points stand before a UTF-16 offset. */
export function toCodePoints(text: string, units: number): number {
  let count = 0;
  for (let i = 0; i < units && i < text.length; count++) {
    i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  }
  return count;
}
