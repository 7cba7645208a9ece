/** What a convolution is about to do: every size settled and every mistake refused before the first product. */
import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type ImageLayout, imageLayout, requireArray } from "./layout.js";
import { type Padding, type PerAxis, type WindowWalk, windowWalk } from "./options.js";

/** Options of {@link conv2d}. */
export interface ConvOptions {
  /** Pixels from one place of the kernel to the next; a number, or `[down, across]` (default 1). */
  readonly stride?: PerAxis;
  /** `"valid"` (default), `"same"`, a number, `[vertical, horizontal]` or `{ top, bottom, left, right }`. Adds zeros. */
  readonly padding?: Padding;
  /** Distance between neighbouring kernel entries; a number, or `[down, across]` (default 1). */
  readonly dilation?: PerAxis;
  /** Added to every output: one number, or one for each output channel (default 0). */
  readonly bias?: number | readonly number[];
  /** `true` turns the kernel by half a turn: convolution in the sense of mathematics (default `false`: correlation). */
  readonly flip?: boolean;
}

/** A convolution with every number settled. */
export interface ConvolutionPlan extends ImageLayout, WindowWalk {
  readonly Kh: number;
  readonly Kw: number;
  /** Output channels. */
  readonly M: number;
  readonly OH: number;
  readonly OW: number;
  /** One bias for each output channel. */
  readonly bias: Float32Array;
  readonly flip: boolean;
  /** Shape of the result, of the input's rank; H×W gives OH×OW×M when the kernel names its channels. */
  readonly shape: number[];
}

/**
 * Settles a convolution.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planConvolution(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): ConvolutionPlan {
  const layout = imageLayout(input, operation);
  requireArray(kernel, operation, "kernel");
  const ks = kernel.shape;
  if (ks.length !== 2 && ks.length !== 4) {
    const one = ks.length === 3 ? ` One filter of that shape is ${shapeText([...ks, 1])}.` : "";
    throw new ShapeError(
      `${operation}: the kernel is Kh×Kw or Kh×Kw×Cin×Cout; got ${shapeText(ks)}.${one}`,
    );
  }
  if (ks.includes(0)) {
    throw new ShapeError(`${operation}: the kernel ${shapeText(ks)} is empty along one axis.`);
  }
  const [Kh, Kw, Cin = 1, M = 1] = ks as [number, number, number?, number?];
  if (layout.C !== Cin) throw channelMismatch(operation, input, kernel, layout, Cin);
  const walks = windowWalk([layout.H, layout.W], [Kh, Kw], {
    stride: options.stride ?? 1,
    padding: options.padding ?? "valid",
    dilation: options.dilation ?? 1,
    evenSame: false,
  });
  const OH = walks.rows.out;
  const OW = walks.columns.out;
  const image = layout.rank === 2 && ks.length === 2 ? [OH, OW] : [OH, OW, M];
  return {
    ...layout,
    ...walks,
    Kh,
    Kw,
    M,
    OH,
    OW,
    bias: biases(operation, options.bias ?? 0, M),
    flip: options.flip ?? false,
    shape: layout.rank === 4 ? [layout.N, ...image] : image,
  };
}

function channelMismatch(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  { rank, C }: ImageLayout,
  Cin: number,
): ShapeError {
  const came = `${operation}: the input ${shapeText(input.shape)} has ${C} channels (its last axis)`;
  const channelAxis = rank - 3;
  if (rank > 2 && input.shape[channelAxis] === Cin && kernel.shape.length === 4) {
    const order = rank === 3 ? "1, 2, 0" : "0, 2, 3, 1";
    const first = rank === 3 ? "C×H×W" : "N×C×H×W";
    return new ShapeError(
      `${came}, but the kernel ${shapeText(kernel.shape)} reads ${Cin}. The input looks like ${first}: put the channels last with input.transpose(${order}).`,
    );
  }
  if (kernel.shape.length === 2) {
    return new ShapeError(
      `${came}, but a kernel of ${shapeText(kernel.shape)} reads one. Give it as Kh×Kw×Cin×Cout = ${shapeText([...kernel.shape, C, 1])}, or filter one channel at a time.`,
    );
  }
  return new ShapeError(
    `${came}, but the kernel ${shapeText(kernel.shape)} reads ${Cin} (its third axis, Cin). The two must be equal.`,
  );
}

function biases(operation: string, bias: number | readonly number[], M: number): Float32Array {
  const values = typeof bias === "number" ? new Array<number>(M).fill(bias) : bias;
  if (!Array.isArray(values) || values.some((value) => typeof value !== "number")) {
    throw new ArgumentError(
      `${operation}: the bias is a number, or a list with one number for each output channel.`,
    );
  }
  if (values.length !== M) {
    throw new ShapeError(
      `${operation}: ${values.length} biases came for ${M} output channels. Give one number for all, or one for each.`,
    );
  }
  return Float32Array.from(values);
}
