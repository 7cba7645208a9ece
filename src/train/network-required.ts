/** Refusing what is no network: arguments in another order would else end with a bare TypeError. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";

/**
 * Refuses what is not a network of {@link network} or {@link fastNetwork}.
 *
 * @throws {ArgumentError} naming what came.
 */
export function requireNetwork(net: unknown, operation: string): void {
  const { specs, forward, gradientAt } = (net ?? {}) as Readonly<Record<string, unknown>>;
  const computes = typeof forward === "function" || typeof gradientAt === "function";
  if (Array.isArray(specs) && computes) return;
  throw new ArgumentError(
    `${operation} wants a network first, of train.network or train.fastNetwork; got ${cameText(net)}.`,
  );
}
