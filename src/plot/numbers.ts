/** A number as a reader writes it: at most `digits` significant ones, a real minus sign, no trailing zeros. */
export function numberText(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (Number.isInteger(value) && size < 1e6) return String(value).replace("-", "−");
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return `${Number(mantissa)}e${Number(exponent)}`.replace(/-/g, "−");
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/** As {@link numberText}, but with a fixed number of decimals at most: for sums that are written under each other. */
export function decimalText(value: number, decimals = 2): string {
  const rounded = Number(value.toFixed(decimals));
  return String(rounded === 0 ? 0 : rounded).replace("-", "−");
}

/** Whether {@link decimalText} leaves the value as it is, but for the noise of 32-bit floats. */
export function isExact(value: number, decimals = 2): boolean {
  return Math.abs(value - Number(value.toFixed(decimals))) <= 1e-6 * Math.max(1, Math.abs(value));
}
