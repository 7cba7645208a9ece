/** A real Chromium that tells what it asked for. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** `CHROMIUM`, Debian's, or else the one that playwright-core has installed for this user. */
function executable(): { executablePath?: string } {
  const named = process.env.CHROMIUM;
  if (named) return { executablePath: named };
  return existsSync("/usr/bin/chromium") ? { executablePath: "/usr/bin/chromium" } : {};
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...executable(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

export interface Watched {
  page: Page;
  /** The addresses that the page asked for, but for what it carries itself (`data:` and `blob:`). */
  requests: string[];
  /** Errors in its scripts, and what it wrote to the console as an error. */
  errors: string[];
}

/** A new page of which every request and error is recorded. */
export async function watchedPage(context: BrowserContext): Promise<Watched> {
  const requests: string[] = [];
  const errors: string[] = [];
  // On the context, so that frames and workers are seen as well.
  context.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("websocket", (socket) => requests.push(socket.url()));
  return { page, requests, errors };
}
