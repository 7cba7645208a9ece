export { type Digits, type DigitsOptions, digits } from "./digits.js";
export { type Echo, echo } from "./echo.js";
