export { type Digits, digits } from "./digits.js";
