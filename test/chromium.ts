// The Chromium that tests drive. The one without windows where it is installed (the same engine, a third less work);
// CHROMIUM names another.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The whole browser: only it shows notifications. */
export const WHOLE = '/usr/bin/chromium';
const WITHOUT_WINDOWS = '/usr/bin/chromium-headless-shell';
export const CHROMIUM = process.env['CHROMIUM'] ?? (existsSync(WITHOUT_WINDOWS) ? WITHOUT_WINDOWS : WHOLE);

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium of its own; `flags`: how else it is started. */
export const launch = (flags: readonly string[] = [], executablePath = CHROMIUM): Promise<Browser> =>
  chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
