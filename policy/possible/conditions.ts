/** Flags of flags, words among a list, and entries of a table, over what their parts may be. */
import type { LogicOperator } from '../ir.ts'
import type { Unit } from '../units.ts'
import type { ResolvedValue } from '../values.ts'
import { canBe, EITHER, flagsOf, joinAny, type Possible, possibleOfContent, wordsOf } from './possible.ts'

/** `!flag`. */
export function negated(flag: Possible): Possible {
  return flag.kind === 'words' ? { ...flag, words: flag.words.map((word) => word !== true) } : flag
}

/**
 * `left && right` or `left || right`. The right side is looked at only where the left one does not decide.
 * @param right what it may be there; undefined where it cannot be anything
 */
export function connected(op: LogicOperator, left: Possible, right: Possible | undefined): Possible | undefined {
  const decisive = op === '||'
  const canDecide = canBe(left, decisive) || (right !== undefined && canBe(right, decisive))
  const canGoOn = canBe(left, !decisive) && right !== undefined && canBe(right, !decisive)
  return decisive ? flagsOf(canDecide, canGoOn) : flagsOf(canGoOn, canDecide)
}

/** Whether a word may be, and may not be, among the words of a list. */
export function inclusion(word: Possible, listed: readonly string[]): Possible | undefined {
  if (word.kind !== 'words') return EITHER
  return flagsOf(among(word, listed, true) !== undefined, among(word, listed, false) !== undefined)
}

/** What a word may still be when it is, or is not, among the words of a list; undefined when it cannot. */
export function among(word: Possible, listed: readonly string[], isAmong: boolean): Possible | undefined {
  if (word.kind !== 'words') return word
  const words = word.words.filter((each) => typeof each === 'string' && listed.includes(each) === isAmong)
  return words.length === 0 ? undefined : wordsOf(words)
}

/** What an entry of a table may be; undefined when no key of the table may be asked for. */
export function entryOf(table: ResolvedValue['value'], key: Possible, unit: Unit): Possible | undefined {
  const mayBeKey = (name: string) =>
    key.kind === 'range' ? Number(name) >= key.min && Number(name) <= key.max : canBe(key, name)
  return Object.entries(table)
    .filter(([name]) => mayBeKey(name))
    .map(([, content]) => possibleOfContent(content, unit))
    .reduce<Possible | undefined>(joinAny, undefined)
}
