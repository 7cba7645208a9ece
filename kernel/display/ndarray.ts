/** Recognises an `ndarray` and TensorFlow.js's tensors, and writes them as text. Uses no Node API. */
import { type Grid, gridHeading, gridText } from "./grid.js";

/** A tensor with more numbers is not copied out of its back end's memory to be looked at. */
const MOST_COPIED = 1 << 22;

/** What we need of a tensor of TensorFlow.js; recognised by its parts, since the package may be loaded twice. */
interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly size: number;
  /** Only a `Variable` has a name. */
  readonly name?: unknown;
  readonly isDisposedInternal: boolean;
  dataSync(): ArrayLike<unknown>;
}

/** The shape and a preview of the numbers; `undefined` where the value is neither an `ndarray` nor a tensor. */
export function arrayText(value: unknown): string | undefined {
  if (isNdarray(value)) return gridText(value);
  return isTensor(value) ? tensorText(value) : undefined;
}

/** The shape alone, for arrays inside other values: `Tensor float32 3×3`. */
export function arrayHeading(value: unknown): string | undefined {
  if (isNdarray(value)) return `ndarray ${gridHeading(value)}`;
  return isTensor(value) ? tensorHeading(value) : undefined;
}

/** Recognised by its parts, since the package may be loaded more than once. */
function isNdarray(value: unknown): value is Grid {
  if (value === null || typeof value !== "object") return false;
  const [shape, stride, offset, dtype, data] = ["shape", "stride", "offset", "dtype", "data"].map(
    (name) => storedProperty(value, name),
  );
  return (
    isShape(shape) &&
    Array.isArray(stride) &&
    shape.length === stride.length &&
    typeof offset === "number" &&
    typeof dtype === "string" &&
    typeof (data as { length?: unknown } | null)?.length === "number"
  );
}

function isTensor(value: unknown): value is TensorLike {
  if (value === null || typeof value !== "object") return false;
  return (
    typeof storedProperty(value, "isDisposedInternal") === "boolean" &&
    typeof storedProperty(value, "dataSync") === "function" &&
    typeof storedProperty(value, "dtype") === "string" &&
    isShape(storedProperty(value, "shape"))
  );
}

/** A property, own or inherited; a getter is not run, since it may do anything. */
function storedProperty(object: object, name: string): unknown {
  for (let one: object | null = object; one !== null; one = Object.getPrototypeOf(one)) {
    const property = Object.getOwnPropertyDescriptor(one, name);
    if (property !== undefined) return property.value;
  }
  return undefined;
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((length) => Number.isInteger(length) && length >= 0);
}

function tensorHeading(tensor: TensorLike): string {
  const kind = typeof tensor.name === "string" ? `Variable ${tensor.name}:` : "Tensor";
  const gone = tensor.isDisposedInternal ? " (disposed: its numbers are gone)" : "";
  return `${kind} ${gridHeading(tensor)}${gone}`;
}

function tensorText(tensor: TensorLike): string {
  const heading = tensorHeading(tensor);
  const { shape, dtype } = tensor;
  const size = shape.reduce((count, length) => count * length, 1);
  // Complex numbers lie in memory in pairs.
  if (tensor.isDisposedInternal || dtype === "complex64") return heading;
  if (size > MOST_COPIED) return `${heading}\n(too large for a preview; look at a slice of it)`;
  const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const grid = { shape, dtype, stride, offset: 0, data: tensor.dataSync() };
  return gridText(grid).replace(gridHeading(grid), () => heading);
}
