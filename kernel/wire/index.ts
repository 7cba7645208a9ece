export * from "./connection.js";
export * from "./contents.js";
export * from "./messages.js";
export { type Handler, Wire } from "./wire.js";
