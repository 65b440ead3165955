import assert from "node:assert/strict";
import { test } from "node:test";
import { foldText } from "../fold-text.ts";
import { BLOCK_TEXTS, BLOCK_TITLES } from "../phrases/block-phrases.ts";
import { CHALLENGE_TEXTS, CHALLENGE_TITLES } from "../phrases/challenge-phrases.ts";
import { LOGIN_NEEDED, LOGIN_TITLES } from "../phrases/login-phrases.ts";
import { NOT_FOUND_TEXTS, NOT_FOUND_TITLES } from "../phrases/not-found-phrases.ts";
import { LOADING, SCRIPT_NEEDED } from "../phrases/script-phrases.ts";
import { THRESHOLD } from "../threshold.ts";
import { BLOCK_SIGNS } from "./block-signs.ts";
import { CHALLENGE_SIGNS } from "./challenge-signs.ts";
import { EMPTY_SHELL_SIGNS } from "./empty-shell-signs.ts";
import { EMPTY_SIGNS } from "./empty-signs.ts";
import { LOGIN_WALL_SIGNS } from "./login-wall-signs.ts";
import { SOFT_404_SIGNS } from "./soft-404-signs.ts";

const TABLES = {
  BLOCK_SIGNS,
  CHALLENGE_SIGNS,
  EMPTY_SHELL_SIGNS,
  EMPTY_SIGNS,
  LOGIN_WALL_SIGNS,
  SOFT_404_SIGNS,
};

for (const [name, signs] of Object.entries(TABLES)) {
  test(`${name}: no single sign decides, and each says why it is there`, () => {
    for (const sign of signs) {
      assert.ok(sign.weight < THRESHOLD, `${sign.name} decides alone`);
      assert.ok(sign.why.length > 10, `${sign.name} has no reason`);
    }
  });
}

const PHRASES = {
  BLOCK_TEXTS,
  BLOCK_TITLES,
  CHALLENGE_TEXTS,
  CHALLENGE_TITLES,
  LOADING,
  LOGIN_NEEDED,
  LOGIN_TITLES,
  NOT_FOUND_TEXTS,
  NOT_FOUND_TITLES,
  SCRIPT_NEEDED,
};

for (const [name, phrases] of Object.entries(PHRASES)) {
  test(`${name}: written as pages are folded, or no page could match`, () => {
    const unfolded = Object.values(phrases)
      .flat()
      .filter((phrase) => foldText(phrase) !== phrase);
    assert.deepEqual(unfolded, []);
  });
}
