import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Figures } from "./run-scorer.ts";

const FILE = join(import.meta.dirname, "floors.json");

/** Below what counts as fallen: the fourth decimal moves when a library's tie breaks differently. */
const TOLERANCE = 0.0005;

export interface FallenFigure {
  readonly name: string;
  readonly floor: number;
  /** Null: the figure was not measured at all. */
  readonly value: number | null;
}

export async function readFloors(): Promise<Figures> {
  return z.record(z.string(), z.number()).parse(JSON.parse(await readFile(FILE, "utf8")));
}

/** What is lower than its floor. `sets` limits the look to those that were measured; undefined: all. */
export function findFallen(
  floors: Figures,
  figures: Figures,
  sets: readonly string[] | undefined,
): FallenFigure[] {
  return Object.entries(floors).flatMap(([name, floor]) => {
    const isAsked = sets === undefined || sets.some((set) => name.startsWith(`${set}.`));
    const value = figures[name] ?? null;
    const isFallen = isAsked && (value === null || value < floor - TOLERANCE);
    return isFallen ? [{ name, floor, value }] : [];
  });
}

export async function writeFloors(floors: Figures): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(floors, null, 2)}\n`);
}

/** Floors never fall: what is worse than before keeps its old floor. */
export function raised(floors: Figures, figures: Figures): Figures {
  const names = [...new Set([...Object.keys(floors), ...Object.keys(figures)])].sort();
  return Object.fromEntries(
    names.map((name) => [name, Math.max(floors[name] ?? 0, roundDown(figures[name] ?? 0))]),
  );
}

function roundDown(value: number): number {
  return Math.floor(value * 10_000) / 10_000;
}
