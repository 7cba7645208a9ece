/** A TypeDoc plugin: keeps the error's name in `@throws {ShapeError} when …`, which TypeDoc drops as a JSDoc type. */
import { Converter } from "typedoc";
import ts from "typescript";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, (_context, signature, declaration) => {
    const throwsTags = (declaration ? ts.getJSDocTags(declaration) : []).filter(
      ({ tagName, typeExpression }) => tagName.text === "throws" && typeExpression,
    );
    const written = signature.comment?.blockTags.filter(({ tag }) => tag === "@throws") ?? [];
    if (written.length !== throwsTags.length) return; // one of them names no error
    written.forEach(({ content }, i) => {
      const name = throwsTags[i].typeExpression.type.getText();
      content.unshift({ kind: "code", text: `\`${name}\`` }, { kind: "text", text: " " });
    });
  });
}
