import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import type { DeskProcess, Mortal } from './processes.ts';

/** What a test with real processes has for itself: a folder, a database, and an end for whatever it starts. */
export interface Stage {
  readonly folder: string;
  readonly database: TestDatabase;
  readonly started: <M extends Mortal>(mortal: M) => Promise<M>;
  /** Ends that nobody asked for, of all that was started. */
  readonly crashes: () => readonly string[];
  /** Kills what still runs and removes folder and database. */
  readonly clear: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'treppenhaus-processes-'));
  const database = await createTestDatabase();
  const running: Mortal[] = [];
  return {
    folder,
    database,
    started: async (mortal) => {
      running.push(mortal);
      await mortal.start();
      return mortal;
    },
    crashes: () => running.flatMap((mortal) => mortal.crashes()),
    clear: async () => {
      for (const mortal of running) await mortal.kill();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until everything of this desk is at the viewer, and nothing is missing here. */
export async function inStep(desk: DeskProcess): Promise<void> {
  await expect
    .poll(
      async () => {
        const state = await desk.client().call('sync.now', {});
        const { connection, pendingChanges, pendingUploads, rejected, lastError } = state;
        // A desk of an earlier version has never heard of loading its rows.
        return { connection, pendingChanges, pendingUploads, rejected, lastError, bootstrap: state.bootstrap ?? null };
      },
      { timeout: 90_000, interval: 300 },
    )
    .toEqual({
      connection: 'online',
      pendingChanges: 0,
      pendingUploads: 0,
      rejected: 0,
      lastError: null,
      bootstrap: null,
    });
}
