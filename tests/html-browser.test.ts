import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../engine/interface/events.ts';
import { createHtmlReport } from '../reports/html/run-report.ts';
import { hostileRun, hostileStrings, invisible } from './fixtures/hostile.ts';
import { summaryOf } from './fixtures/summary-of.ts';
import { failingRun } from './fixtures/whole-run.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (executablePath === undefined) {
  process.stderr.write('skipped: the HTML report in a browser, since no Chromium is installed\n');
}

const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

describe.skipIf(executablePath === undefined)('the HTML report in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: [...quiet, '--disable-component-update'],
    });
  }, 60_000);
  afterAll(() => browser.close());

  const folder = mkdtempSync(join(tmpdir(), 'html-browser-'));

  interface Opened {
    readonly page: Page;
    /** Everything the page asked for beyond itself, and every error and refusal it logged. */
    readonly noise: string[];
  }

  async function open(events: readonly RunEvent[], options: BrowserContextOptions = {}): Promise<Opened> {
    const report = createHtmlReport();
    for (const event of events) report.event(event);
    const file = join(folder, 'report.html');
    writeFileSync(file, report.result(summaryOf(events)));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const noise: string[] = [];
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('console', (message) => noise.push(message.text()));
    page.on('dialog', (dialog) => noise.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) noise.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, noise };
  }

  test('a finding opens, by mouse, by keyboard and by a link from its requirement', async () => {
    const { page, noise } = await open(failingRun());
    const isOpen = (id: string): Promise<boolean> =>
      page.locator(`#${id}`).evaluate((node: HTMLDetailsElement) => node.open);
    expect([await isOpen('F-0001'), await isOpen('F-0002')]).toEqual([true, false]);

    await page.locator('#F-0002 > summary').click();
    expect(await page.locator('#F-0002').getByText('200 a@1 b@2').first().isVisible()).toBe(true);
    await page.locator('#F-0003 > summary').focus();
    await page.keyboard.press('Enter');
    expect(await isOpen('F-0003')).toBe(true);
    await page.locator('#requirements').getByRole('link', { name: 'F-0004' }).click();
    await expect.poll(() => isOpen('F-0004')).toBe(true);
    expect(noise).toEqual([]);
  });

  test.each([
    ['AWS CLI', "call 'update-records'"],
    ['curl', 'curl -sS'],
    ['TypeScript', 'new UpdateRecordsCommand('],
    ['C#', 'new UpdateRecordsRequest'],
  ])('the %s reproduction is copied', async (label, expected) => {
    const { page } = await open(failingRun(), { permissions: ['clipboard-read', 'clipboard-write'] });
    const finding = page.locator('#F-0001');
    await finding.getByText(label, { exact: true }).click();
    await finding.getByRole('button', { name: `Copy ${label}` }).click();
    await finding.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(expected);
    expect(copied).toBe(await finding.locator('.panel:visible code').textContent());
  });

  test('it is readable without scripts', async () => {
    const { page } = await open(failingRun(), { javaScriptEnabled: false });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Violates');
    expect(await page.getByRole('button', { name: /Copy/ }).count()).toBe(0);
    await page.locator('#F-0002 > summary').click();
    await page.locator('#F-0002').getByText('curl', { exact: true }).click();
    expect(await page.locator('#F-0002 .panel:visible').textContent()).toContain('curl -sS');
  });

  test.each([1280, 390, 320])('nothing runs over the edge of %d pixels', async (width) => {
    const { page } = await open(failingRun(), { viewport: { width, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  test('hostile strings are shown, and do nothing', async () => {
    const { page, noise } = await open(hostileRun(), { viewport: { width: 390, height: 800 } });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    for (const summary of await page.locator('.tabs label').all()) await summary.click({ force: true });
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(await page.locator('img, svg [onload], iframe, body script ~ script').count()).toBe(0);
    const text = await page.locator('body').innerText();
    expect(text).toContain(hostileStrings[0]);
    expect(text).toContain('\\x1b[31mred');
    expect(text).toContain('\\u{202e}gnp.exe');
    expect(text).toMatch(/x{50,}… \(1048576 characters\)/);
    expect(text).not.toMatch(invisible);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((node) => node.getBoundingClientRect().right > 391 && !node.closest('.scroll, svg'))
        .map((node) => `${node.tagName}.${node.className}`),
    );
    expect(wide).toEqual([]);
    expect(noise).toEqual([]);
  });
});
