/** Who we are, for `kernel_info_request`. */
import type { ReplyContents } from "../wire/index.js";

export interface KernelVersions {
  convlab: string;
  typescript: string;
}

export function kernelInfo({
  convlab,
  typescript,
}: KernelVersions): ReplyContents["kernel_info_reply"] {
  return {
    status: "ok",
    protocol_version: "5.5",
    implementation: "convlab",
    implementation_version: convlab,
    language_info: {
      name: "typescript",
      version: typescript,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `convlab ${convlab}: TypeScript ${typescript} on Node ${process.versions.node}`,
    debugger: false,
    help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/" }],
    supported_features: ["kernel subshells"],
  };
}
