import { access } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { bundlePage } from '../../sandbox/page/bundle.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { COMMANDS } from '../../src/handlers/commands.ts';
import type { TestBot } from '../bot.ts';
import { fixtureCommands, startFixtureBot } from '../handlers/fixtures.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why the page cannot be tested here; undefined when it can. */
export async function whyNoBrowser(): Promise<string | undefined> {
  if ('Deno' in globalThis) return 'only Bun can bundle the page';
  return access(CHROMIUM).then(
    () => undefined,
    () => `${CHROMIUM} is not installed`,
  );
}

export interface OpenOptions {
  readonly as?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'dark' | 'light';
}

/** The page served with the whole bot behind it, and a browser to use it with. */
export interface Stage extends AsyncDisposable {
  readonly bot: TestBot;
  readonly discord: Sandbox;
  readonly letGo: () => void;
  /** A browser window of its own, closed by `closeAll`. */
  open(o?: OpenOptions): Promise<Page>;
  closeAll(): Promise<void>;
  /** What must not happen, and did: requests to elsewhere, errors in the console. */
  readonly faults: string[];
}

export async function openStage(): Promise<Stage> {
  await using opened = new AsyncDisposableStack();
  const files = await bundlePage();
  const page = async (url: URL) => files.get(url.pathname);
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off', seed: 'demo', page }));
  const { commands, letGo } = fixtureCommands();
  const bot = opened.use(await startFixtureBot({ ...COMMANDS, ...commands }, { discord }));
  if (bot.app.httpUrl !== undefined) discord.live.askStatusAt(bot.app.httpUrl);
  const browser = opened.adopt(await chromium.launch({ executablePath: CHROMIUM, args: FLAGS }), (one) => one.close());
  const faults: string[] = [];
  const owned = opened.move();
  return {
    bot,
    discord,
    letGo,
    faults,
    open: (o = {}) => openWindow(browser, discord, o, faults),
    closeAll: async () => {
      await Promise.all(browser.contexts().map((one) => one.close()));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function openWindow(browser: Browser, discord: Sandbox, o: OpenOptions, faults: string[]): Promise<Page> {
  const { as = 'member', width = 1280, height = 800, scheme = 'dark' } = o;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (new URL(url).host === new URL(discord.url).host) return route.continue();
    faults.push(`left the origin: ${url}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(discord.url).host) faults.push(`left the origin: ${socket.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  await page.addInitScript((id) => sessionStorage.setItem('act-as', sessionStorage.getItem('act-as') ?? id), as);
  await page.goto(discord.url);
  await page.locator('.row').last().waitFor();
  return page;
}
